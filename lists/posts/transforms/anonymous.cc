#include <algorithm>
#include <array>

#include "base/text.h"
#include "lists/posts/transforms/anonymity.h"
#include "lists/posts/transforms/transforms.h"
#include "mail/composer.h"
#include "mail/date_field.h"

namespace majlis::lists {
namespace {

// What stays as the author wrote it: what the post says, and how it is built.
constexpr std::array<std::string_view, 5> kKept = {"Subject", "Content-Type", "Content-Transfer-Encoding",
                                                   "Content-Disposition", "Content-Language"};
// Written anew, of what they say only so much.
constexpr std::array<std::string_view, 3> kAutomaticWords = {"auto-generated", "auto-replied", "auto-notified"};
// The marks of lists that it came by: without them two anonymous lists that take each other's posts never end.
constexpr std::array<std::string_view, 4> kLoopMarks = {"X-Loop", "X-BeenThere", "Mailing-List", "X-Mailing-List"};
constexpr std::size_t kMaxLoopMarks = 50;
constexpr std::size_t kMaxReferences = 50;
constexpr std::size_t kMaxIdOctets = 900;

bool is_kept(const mail::Field& field) {
  return std::any_of(kKept.begin(), kKept.end(), [&](auto each) { return equals_ignoring_case(field.name, each); });
}

void remove_all_but_kept(const mail::Message& message, mail::Edit& edit) {
  std::size_t removed_to = 0;
  for (const mail::Field& field : message.scan().parts.front().fields) {
    if (!is_kept(field)) continue;
    edit.remove(removed_to, field.begin);
    removed_to = field.end;
  }
  edit.remove(removed_to, message.header().size());
}

// The Message-IDs in a field, the last ones where there are many.
std::vector<std::string_view> ids_in(std::string_view body) {
  std::vector<std::string_view> ids;
  for (std::size_t begin = body.find('<'); begin != std::string_view::npos; begin = body.find('<', begin + 1)) {
    const std::size_t end = body.find_first_of("<>", begin + 1);
    if (end == std::string_view::npos || body[end] != '>' || end - begin > kMaxIdOctets) continue;
    ids.push_back(body.substr(begin, end + 1 - begin));
  }
  if (ids.size() > kMaxReferences) ids.erase(ids.begin(), ids.end() - kMaxReferences);
  return ids;
}

void add_references(const PostContext& context, std::string_view name, mail::Edit& edit) {
  std::string written;
  for (const std::string& body : context.post->fields(name)) {
    for (const std::string_view id : ids_in(body)) {
      written.append(written.empty() ? "" : " ").append(anonymous_reference(*context.site, *context.list, id));
    }
    break;
  }
  if (!written.empty()) edit.add_field(name, written);
}

void add_loop_marks(const PostContext& context, mail::Edit& edit) {
  const std::vector<mail::Address> own = addresses_of_author(*context.list, *context.post);
  std::size_t added = 0;
  for (const std::string_view name : kLoopMarks) {
    for (const std::string& body : context.post->fields(name)) {
      const std::optional<mail::Address> mark = mail::Address::parse(trim(body));
      if (!mark || std::find(own.begin(), own.end(), *mark) != own.end() || added++ == kMaxLoopMarks) continue;
      edit.add_field(name, mark->text());
    }
  }
}

// In UTC: the author's zone says where the author is.
std::string date_of(const PostContext& context) {
  const std::string written = context.post->field("Date").value_or("");
  return rfc5322_date(mail::parse_date_field(written).value_or(context.now));
}

}  // namespace

// anonymous: the post is the list's. Of the header only what is known to name nobody stays, whatever else there may be.
Result<Draft> anonymous(const PostContext& context, Draft draft) {
  const List& list = *context.list;
  if (!is_anonymous(list)) return draft;
  const mail::Message& message = draft.message();
  mail::Edit& edit = draft.edit();
  remove_all_but_kept(message, edit);
  const std::optional<mail::Address> address = mail::Address::parse(list.address());
  if (!address) return Error{ErrorKind::damaged, "lists: " + list.address() + " is no address"};
  edit.add_field("From", mail::display_mailbox(list.name().name(), *address));
  edit.add_field("To", list.address());
  edit.add_field("Date", date_of(context));
  edit.add_field("Message-ID", anonymous_message_id(*context.site, list, *context.post));
  add_references(context, "In-Reply-To", edit);
  add_references(context, "References", edit);
  if (message.has_field("MIME-Version")) edit.add_field("MIME-Version", "1.0");
  const std::string submitted = message.field("Auto-Submitted").value_or("");
  for (const std::string_view word : kAutomaticWords) {
    if (starts_with_ignoring_case(submitted, word)) edit.add_field("Auto-Submitted", word);
  }
  add_loop_marks(context, edit);
  return draft;
}

}  // namespace majlis::lists
