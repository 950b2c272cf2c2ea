#include "commands/subject_token.h"

#include "base/text.h"
#include "commands/reading/secret_words.h"
#include "commands/tongues/tongues.h"

namespace majlis::commands {
namespace {

// What stands in `word` in the place of the token, as the tongue has it in Subjects.
std::string_view token_in(std::string_view word, const Tongue& tongue) {
  constexpr std::string_view kPlace = "${token}";
  const std::string_view form = trim(tongue.dialect->subject_token);
  const std::size_t place = form.find(kPlace);
  if (place == std::string_view::npos) return {};
  const std::string_view before = form.substr(0, place);
  const std::string_view behind = form.substr(place + kPlace.size());
  const bool fits = word.size() > before.size() + behind.size() && word.starts_with(before) && word.ends_with(behind);
  return fits ? word.substr(before.size(), word.size() - before.size() - behind.size()) : std::string_view();
}

}  // namespace

SubjectToken token_in_subject(std::string_view subject) {
  SubjectToken found;
  for (const std::string_view word : split_words(subject)) {
    for (const Tongue* tongue : all_tongues()) {
      const std::string_view token = token_in(word, *tongue);
      if (is_secret(token)) found = {std::string(token), tongue};
    }
  }
  return found;
}

}  // namespace majlis::commands
