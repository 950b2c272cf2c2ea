#include "lists/members/welcome.h"

#include "lists/effects/list_change.h"

namespace majlis::lists {
namespace {

// nullptr: whether a member may post is not to be said in a sentence.
const char* part_about_posts(const ListConfig& config) {
  if (config.is_set(Setting::restrict_post)) return nullptr;
  if (config.choice(Setting::post_access) == "closed") return "part_welcome_announce";
  return config.is_on(Setting::moderate) ? "part_welcome_moderated" : "part_welcome_post";
}

}  // namespace

Result<TextValues> welcome_values(Work& work, const List& list) {
  const char* posts = part_about_posts(list.config());
  const std::string how_to_post = posts == nullptr ? "" : part_text(work, list, posts) + "\n\n";
  TextValues values = {{"use", how_to_post + part_text(work, list, "part_welcome_digest")}, {"intro", ""}};
  for (const char* source : {"info", "intro"}) {
    Result<std::optional<ListText>> text = read_text(work, list, source);
    if (!text) return text.error();
    if (*text) values["intro"] = (*text)->text;
  }
  return values;
}

Status send_welcome(Work& work, const List& list, std::string_view text_name, const mail::Address& address) {
  Correspondence letter;
  letter.text_name = text_name;
  Result<TextValues> values = welcome_values(work, list);
  if (!values) return values.error();
  letter.values = std::move(*values);
  letter.values["address"] = address.text();
  letter.to = {address};
  send_letter(work, list, letter);
  return {};
}

}  // namespace majlis::lists
