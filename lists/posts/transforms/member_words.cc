#include "lists/posts/transforms/member_words.h"

#include <algorithm>
#include <array>

#include "lists/effects/unsubscribe_token.h"
#include "lists/site/config/value_tokens.h"

namespace majlis::lists {
namespace {

constexpr std::string_view kAddress = "$USER_ADDRESS";
constexpr std::string_view kName = "$USER_NAME";
constexpr std::string_view kCommand = "$UNSUBSCRIBE_COMMAND";
constexpr std::string_view kLink = "$UNSUBSCRIBE_LINK";

// A backslash takes the meaning away, as everywhere (lists/site/config/value_tokens.h).
bool has_member_word(std::string_view line) {
  constexpr std::array kWords = {kAddress, kName, kCommand, kLink};
  return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) {
    for (std::size_t at = line.find(word); at != std::string_view::npos; at = line.find(word, at + 1)) {
      const bool is_protected = at > 0 && line[at - 1] == '\\';
      if (!is_protected && is_whole_word(std::string_view(line).substr(at), word.size())) return true;
    }
    return false;
  });
}

}  // namespace

bool is_personal(const List& list) { return list.config().choice(Setting::personalize) != "no"; }

bool signs_unsubscribe(const List& list) { return list.config().is_on(Setting::signed_unsubscribe); }

bool has_own_copies(const Site& site, const List& list) {
  const ListConfig& config = list.config();
  const bool is_alone = config.choice(Setting::verp) == "always" && config.integer(Setting::verp_interval) == 1 &&
                        site.config().verp == "signed";
  return is_personal(list) || (is_alone && signs_unsubscribe(list));
}

std::vector<std::pair<std::string_view, std::string>> member_words(const List& list, const spool::PointMarks& marks) {
  using spool::PointKind;
  return {{kAddress, marks.word(PointKind::text_address)},
          {kName, marks.word(PointKind::text_name)},
          {kCommand, "unsubscribe " + list.name().name() + " " + marks.word(PointKind::text_address)},
          {kLink, unsubscribe_link(list, marks.word(PointKind::text_url))}};
}

std::string unsubscribe_link(const List& list, std::string_view address) {
  return "mailto:" + list.role_address("request") + "?body=unsubscribe%20" + list.name().name() + "%20" +
         std::string(address);
}

std::string signed_unsubscribe_link(const List& list, const spool::PointMarks& marks) {
  return "mailto:" + list.role_address("unsubscribe") + "?subject=" + std::string(kUnsubscribeSubject) + "%20" +
         marks.word(spool::PointKind::header_url) + marks.word(spool::PointKind::header_token);
}

std::vector<std::string> lines_for_all(const List& list, Setting setting) {
  std::vector<std::string> lines = list.config().lines(setting);
  if (is_personal(list)) std::erase_if(lines, [](const std::string& line) { return has_member_word(line); });
  return lines;
}

}  // namespace majlis::lists
