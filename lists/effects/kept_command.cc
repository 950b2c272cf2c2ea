#include "lists/effects/kept_command.h"

#include "store/codec.h"
#include "store/records.h"

namespace majlis::lists {
namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kMaxWords = 1000;
// The rest is for the line as it is shown, the list and the address.
static_assert(2 * kMaxKeptOctets <= store::kMaxDueValueOctets);

void write_words(store::RowWriter& out, const std::vector<std::string>& words) {
  out.number(words.size());
  for (const std::string& word : words) out.text(word);
}

std::vector<std::string> read_words(store::RowReader& in) {
  std::vector<std::string> words(in.count(kMaxWords));
  for (std::string& word : words) word = in.text();
  return words;
}

}  // namespace

std::string command_details(const tongues::Request& request) {
  store::RowWriter out(kVersion);
  out.text(tongues::name_of(request.verb)).text(request.word).number(request.is_quiet ? 1 : 0);
  write_words(out, request.arguments);
  write_words(out, request.options);
  out.text(request.about);
  out.number(request.agreed ? *request.agreed + 1 : 0);
  out.number(request.text ? 1 : 0).text(request.text.value_or(""));
  return out.take();
}

Result<tongues::Request> read_command_details(std::string_view details) {
  store::RowReader in(details, kVersion, "kept command");
  tongues::Request request;
  const auto verb = tongues::verb_named(in.text());
  request.word = in.text();
  request.is_quiet = in.number() != 0;
  request.arguments = read_words(in);
  request.options = read_words(in);
  request.about = in.text();
  const std::uint64_t agreed = in.number();
  if (agreed > 0) request.agreed = agreed - 1;
  const bool has_text = in.number() != 0;
  const std::string_view text = in.text();
  if (has_text) request.text = text;
  if (!verb) in.fail("there is no such command");
  Status whole = in.finish();
  if (!whole) return whole.error();
  request.verb = *verb;
  return request;
}

}  // namespace majlis::lists
