#include "lists/posts/transforms/anonymity.h"
#include "lists/posts/transforms/transforms.h"
#include "lists/site/config/header_values.h"

namespace majlis::lists {

// RFC 5064. The members' Message-ID is the one under which the archive has the post.
Result<Draft> archived_at(const PostContext& context, Draft draft) {
  const List& list = *context.list;
  if (!list.config().is_set(Setting::archived_at)) return draft;
  const mail::Message& post = *context.post;
  const std::string id = is_anonymous(list) ? anonymous_message_id(*context.site, list, post) : post.message_id();
  if (id.empty()) return draft;
  const std::string url =
      archive_url(list.config().text(Setting::archived_at), {{"$LIST", list.name().name()},
                                                             {"$DOMAIN", list.name().domain()},
                                                             {"$MONTH", year_month(context.now)},
                                                             {"$MSGID", id.substr(1, id.size() - 2)}});
  if (!url.empty()) draft.edit().add_field("Archived-At", "<" + url + ">");
  return draft;
}

}  // namespace majlis::lists
