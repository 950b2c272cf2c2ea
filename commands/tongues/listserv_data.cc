#include "commands/tongues/listserv_data.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "commands/tongues/listserv_line.h"

namespace majlis::commands {
namespace {

using tongues::Request;

constexpr std::size_t kMaxNameOctets = 200;

bool is(std::string_view word, std::string_view wanted) { return equals_ignoring_case(word, wanted); }

}  // namespace

std::optional<std::string> data_set(const TextReader& text, std::string_view name) {
  for (const auto& [known, data] : text.data_sets) {
    if (is(known, name)) return data;
  }
  CommandLines ahead = text.lines;
  while (const auto line = next_listserv_line(ahead)) {
    if (line->is_job) break;
    if (!line->data_name.empty() && is(line->data_name, name)) return line->data;
  }
  return std::nullopt;
}

void begin_job(TextReader& text, const ListservLine& card) {
  text.is_echoed = card.is_echoed;
  text.data_sets.clear();
}

void add_data_set(TextReader& text, const ListservLine& card, std::vector<Request>& requests) {
  const bool is_there = std::any_of(text.data_sets.begin(), text.data_sets.end(),
                                    [&](const auto& each) { return is(each.first, card.data_name); });
  if (!is_there) {
    text.data_sets.emplace_back(card.data_name, card.data);
    return;
  }
  Request twice;
  twice.word = "dd";
  twice.echo = "//" + printable_utf8(card.data_name, kMaxNameOctets) + " DD *";
  trouble_with(twice, tongues::Trouble::data_twice, card.data_name);
  requests.push_back(std::move(twice));
}

}  // namespace majlis::commands
