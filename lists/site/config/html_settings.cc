#include "lists/site/config/html_settings.h"

#include <algorithm>
#include <array>

namespace majlis::lists {
namespace {

struct Word {
  std::string_view word;
  mail::HtmlParts parts;
};
constexpr std::array kWords = {Word{"keep", mail::HtmlParts::keep}, Word{"clean", mail::HtmlParts::clean},
                               Word{"text", mail::HtmlParts::text}, Word{"reject", mail::HtmlParts::reject}};

}  // namespace

mail::HtmlPolicy html_policy_of(const ListConfig& config) {
  const std::string_view word = config.choice(Setting::html);
  const auto* row = std::find_if(kWords.begin(), kWords.end(), [&](const Word& each) { return each.word == word; });
  return {.parts = row == kWords.end() ? mail::HtmlParts::clean : row->parts,
          .remote =
              config.choice(Setting::html_remote) == "remove" ? mail::RemoteContent::remove : mail::RemoteContent::keep,
          .alternatives =
              config.is_on(Setting::collapse_alternatives) ? mail::Alternatives::collapse : mail::Alternatives::keep};
}

}  // namespace majlis::lists
