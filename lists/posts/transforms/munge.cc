#include <algorithm>
#include <vector>

#include "base/text.h"
#include "lists/posts/transforms/author_name.h"
#include "lists/posts/transforms/transforms.h"
#include "mail/composer.h"

namespace majlis::lists {
namespace {

using Mailboxes = std::vector<mail::Mailbox>;

// All who stand in the fields of this name; nullopt where that cannot be read.
std::optional<Mailboxes> mailboxes_in(const mail::Message& message, std::string_view name) {
  Mailboxes all;
  for (const std::string& body : message.fields(name)) {
    std::optional<Mailboxes> some = mail::parse_mailbox_list(body);
    if (!some) return std::nullopt;
    all.insert(all.end(), some->begin(), some->end());
  }
  return all;
}

bool names(const mail::Message& message, std::string_view field, const mail::Address& address) {
  const std::optional<Mailboxes> there = mailboxes_in(message, field);
  return there &&
         std::any_of(there->begin(), there->end(), [&](const mail::Mailbox& each) { return each.address == address; });
}

// Where answers go is what the author wrote, or nothing says so.
bool is_reply_to_the_authors(const PostContext& context, const mail::Message& message) {
  const std::vector<std::string> now = message.fields("Reply-To");
  return now.empty() || now == context.post->fields("Reply-To");
}

void put_into_reply_to(const Mailboxes& others, const mail::Mailbox& author, mail::Edit& edit) {
  std::string body;
  for (const mail::Mailbox& other : others) body += mailbox_field(other) + ", ";
  edit.remove_fields("Reply-To");
  edit.add_field("Reply-To", body + mailbox_field(author));
}

// What stands between a first mailbox and those that are there: no line of blanks alone.
std::string fold_before(std::string_view others, const std::string& line_end) {
  if (trim(others).empty()) return {};
  const bool begins_with_fold = others.front() == '\r' || others.front() == '\n';
  return begins_with_fold ? "," : "," + line_end + (is_blank(others.front()) ? "" : " ");
}

// In front of whoever stands there, in their own octets.
void put_into_cc(const mail::Message& message, const mail::Mailbox& author, mail::Edit& edit) {
  const std::string_view bytes = message.bytes();
  for (const mail::Field& field : message.scan().parts.front().fields) {
    if (!equals_ignoring_case(field.name, "Cc")) continue;
    const std::string_view others = bytes.substr(field.body_begin, field.body_end - field.body_begin);
    const std::string written = mail::field("Cc", mailbox_field(author));
    const std::string mailbox(trim(std::string_view(written).substr(written.find(':') + 1)));
    edit.insert(field.body_begin, " " + mailbox + fold_before(others, message.scan().crlf ? "\r\n" : "\n"));
    return;
  }
  edit.add_field("Cc", mailbox_field(author));
}

// The author stays reachable: in Reply-To, beside whom the author wants answers to go to; in Cc where the list says
// where they go.
void keep_reachable(const PostContext& context, const mail::Message& message, const mail::Mailbox& author,
                    mail::Edit& edit) {
  const std::optional<Mailboxes> reply_to = mailboxes_in(message, "Reply-To");
  if (names(message, "Reply-To", author.address)) return;
  if (reply_to && is_reply_to_the_authors(context, message)) {
    put_into_reply_to(*reply_to, author, edit);
  } else if (!names(message, "Cc", author.address)) {
    put_into_cc(message, author, edit);
  }
}

}  // namespace

// "Ann via cooks <cooks@lists.example.org>", the author in Author (RFC 9057). A post that is somebody else's by now,
// or nobody's, stays so.
Result<Draft> munge(const PostContext& context, Draft draft) {
  if (context.author_as == AuthorAs::written) return draft;
  const std::optional<mail::Mailbox> author = context.post->author();
  const mail::Message& message = draft.message();
  const std::optional<mail::Mailbox> now = message.author();
  const std::optional<mail::Address> list = mail::Address::parse(context.list->address());
  if (!author || !now || !list || now->address != author->address) return draft;
  mail::Edit& edit = draft.edit();
  edit.remove_fields("From");
  const std::string name = name_without_address(*author) + " via " + context.list->name().name();
  edit.add_field("From", mail::display_mailbox(name, *list));
  if (!message.has_field("Author") && author->address.is_ascii()) edit.add_field("Author", mailbox_field(*author));
  keep_reachable(context, message, *author, edit);
  return draft;
}

}  // namespace majlis::lists
