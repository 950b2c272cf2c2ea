#include "lists/members/challenge_subjects.h"

#include <array>

namespace majlis::lists {
namespace {

struct LetterOfVerb {
  std::string_view verb;
  std::string_view text;
};
constexpr std::array kLetters = {
    LetterOfVerb{"subscribe", "challenge_subscribe"},
    LetterOfVerb{"subscribe", "invitation"},
    LetterOfVerb{"unsubscribe", "challenge_unsubscribe"},
    LetterOfVerb{"set", "challenge_set"},
    LetterOfVerb{"set", "suspended"},
    LetterOfVerb{"confirm", "challenge_confirm"},
    LetterOfVerb{"confirm", "renewal"},
    LetterOfVerb{kConfirmPost, "challenge_post"},
};

}  // namespace

std::vector<std::string> challenge_subjects(const Site& site, const List& list, const ChallengedAction& action,
                                            const mail::Address& address, std::string_view token) {
  TextValues values = list_values(list);
  values["address"] = address.text();
  values["option"] = action.option;
  const std::string& language = list.config().text(Setting::language);
  std::vector<std::string> marks = {""};
  for (const tongues::Dialect* dialect : tongues::all_dialects()) {
    marks.push_back(fill_in(dialect->subject_token, {{"token", std::string(token)}}));
  }
  std::vector<std::string> subjects;
  for (const LetterOfVerb& letter : kLetters) {
    if (letter.verb != action.verb) continue;
    for (const std::string& marked : marks) {
      values["subject_token"] = marked;
      subjects.push_back(render_text(site, language, letter.text, values).subject);
    }
  }
  return subjects;
}

}  // namespace majlis::lists
