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

}  // namespace majlis::lists
