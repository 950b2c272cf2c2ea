#pragma once

#include <span>
#include <string>
#include <string_view>

#include "lists/posts/content/content_changes.h"
#include "lists/posts/content/content_findings.h"
#include "lists/posts/transforms/draft.h"
#include "lists/site/list.h"
#include "spool/job/points.h"

namespace majlis::lists {

// A digest has the list's texts once around all of its posts.
enum class Texts { all, no_fronter, no_footer, none };

// As whose mail a copy goes out, for the sake of the author's domain (DMARC).
enum class AuthorAs {
  written,  // the author's, as written
  munged,   // the list's, with the author's name
  wrapped,  // the same, with the post inside
};

// The header that a member has chosen (store::kMemberHeaderStyle).
enum class HeaderStyle {
  full,
  subject,     // the list's tag stands in the Subject
  short_form,  // the fields that people read, and those that say whose mail it is
  dual,        // author, date and Subject stand on top of the text as well
  as_written,  // Subject and Reply-To are the author's
};

// What a transform may look at besides the post as the one before it left it.
struct PostContext {
  const List* list = nullptr;
  const mail::Message* post = nullptr;  // as it was judged, before any transform
  const Site* site = nullptr;
  const ContentFindings* content = nullptr;  // what policy takes out of `post`; nullptr: nothing
  const mail::Message* original = nullptr;   // as it came, which its signatures are of; nullptr: as `post`
  ContentChanges* changes = nullptr;         // where they are counted; nullptr: nobody asks
  UnixTime now = 0;
  // Of one copy:
  Texts texts = Texts::all;
  AuthorAs author_as = AuthorAs::written;
  HeaderStyle style = HeaderStyle::full;
  const spool::PointMarks* marks = nullptr;  // of a copy that has something of each member's own; nullptr: for all
};

// One change to a post on its way to the members, made of what the one before it left. An Error: nothing goes out, the
// post is tried again.
using Transform = Result<Draft> (*)(const PostContext&, Draft);

enum class Changes {
  post,  // once: archive, digests and personal copies start from what it leaves
  copy,  // each copy
};

struct TransformRow {
  std::string_view name;
  Transform transform;
  Changes changes;
};

// In this order (DESIGN section 8).
std::span<const TransformRow> post_transforms();

// Those that change the post, or a copy of it.
Result<Draft> transformed(Changes what, const PostContext& context, Draft draft);

// A copy as it is sent: signatures that hold no more are renamed, so that nobody takes them for forgeries.
struct FinishedCopy {
  std::string bytes;
  bool is_changed = false;  // in what a signature of the author's covers, or would cover
};
FinishedCopy finish_copy(const PostContext& context, const Draft& draft);

// The fields that say whose mail this is, for a message that the list itself writes to its members.
Result<Draft> mark_as_own(const List& list, const mail::Message& message);

Result<Draft> strip(const PostContext& context, Draft draft);
Result<Draft> cleanse(const PostContext& context, Draft draft);
Result<Draft> html_parts(const PostContext& context, Draft draft);
Result<Draft> related_type(const PostContext& context, Draft draft);
Result<Draft> anonymous_text(const PostContext& context, Draft draft);
Result<Draft> anonymous(const PostContext& context, Draft draft);
Result<Draft> subject_prefix(const PostContext& context, Draft draft);
Result<Draft> subject_tag(const PostContext& context, Draft draft);
Result<Draft> message_texts(const PostContext& context, Draft draft);
Result<Draft> wrap(const PostContext& context, Draft draft);
Result<Draft> sender(const PostContext& context, Draft draft);
Result<Draft> reply_to(const PostContext& context, Draft draft);
Result<Draft> reply_to_mode(const PostContext& context, Draft draft);
Result<Draft> munge(const PostContext& context, Draft draft);
Result<Draft> list_fields(const PostContext& context, Draft draft);
Result<Draft> archived_at(const PostContext& context, Draft draft);
Result<Draft> remove_headers(const PostContext& context, Draft draft);
Result<Draft> message_headers(const PostContext& context, Draft draft);
Result<Draft> addressee(const PostContext& context, Draft draft);
Result<Draft> short_header(const PostContext& context, Draft draft);

}  // namespace majlis::lists
