#include <algorithm>

#include "base/text.h"
#include "lists/posts/transforms/anonymity.h"
#include "lists/posts/transforms/transforms.h"
#include "lists/site/config/header_values.h"
#include "mail/coding/decode.h"
#include "mail/composer.h"
#include "mail/recipient_fields.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxAddresses = 50;  // of an author's own

using Mailboxes = std::vector<mail::Mailbox>;

bool removes_field(const List& list) {
  if (list.config().is_on(Setting::strip_reply_to) || is_anonymous(list)) return true;
  const std::vector<std::string_view> names = removed_field_names(list.config().text(Setting::remove_headers));
  return std::any_of(names.begin(), names.end(), [](auto name) { return equals_ignoring_case(name, "Reply-To"); });
}

// Each once.
void add(Mailboxes& mailboxes, mail::Mailbox mailbox) {
  const bool is_there = std::any_of(mailboxes.begin(), mailboxes.end(),
                                    [&](const mail::Mailbox& each) { return each.address == mailbox.address; });
  if (!is_there && mailboxes.size() < kMaxAddresses) mailboxes.push_back(std::move(mailbox));
}

// Of groups and what else is no plain list of mailboxes the addresses alone.
void add_named_in(const mail::Message& post, std::string_view field, Mailboxes& mailboxes) {
  for (const std::string& body : post.fields(field)) {
    if (std::optional<Mailboxes> listed = mail::parse_mailbox_list(body)) {
      for (mail::Mailbox& mailbox : *listed) add(mailboxes, std::move(mailbox));
      continue;
    }
    for (const std::string& written : mail::addresses_named_in(body, kMaxAddresses)) {
      if (auto address = mail::Address::parse(written)) add(mailboxes, {"", std::move(*address)});
    }
  }
}

Mailboxes of_author(const PostContext& context, ReplyToMode::To to) {
  Mailboxes mailboxes;
  if (is_anonymous(*context.list)) return mailboxes;
  if (!removes_field(*context.list)) add_named_in(*context.post, "Reply-To", mailboxes);
  if (to == ReplyToMode::To::both && mailboxes.empty()) add_named_in(*context.post, "From", mailboxes);
  return mailboxes;
}

std::string field_body(const Mailboxes& mailboxes) {
  std::string body;
  for (const mail::Mailbox& mailbox : mailboxes) {
    const std::string name = mail::decode_words(mail::to_utf8(mailbox.display, "utf-8"));
    body.append(body.empty() ? "" : ", ").append(mail::display_mailbox(name, mailbox.address));
  }
  return body;
}

Mailboxes answered(const PostContext& context, const ReplyToMode& mode) {
  Mailboxes mailboxes;
  if (mode.address) add(mailboxes, {"", *mode.address});
  for (mail::Mailbox& own : of_author(context, mode.to)) add(mailboxes, std::move(own));
  if (mode.to == ReplyToMode::To::list || mode.to == ReplyToMode::To::both) {
    if (auto list = mail::Address::parse(context.list->address())) {
      if (mailboxes.size() == kMaxAddresses) mailboxes.pop_back();
      add(mailboxes, {"", std::move(*list)});
    }
  }
  return mailboxes;
}

}  // namespace

// Where no reply_to says so: the author's own Reply-To is added to, not replaced, unless strip_reply_to takes it out.
// An anonymous list's posts name nobody but the list, in From already.
Result<Draft> reply_to_mode(const PostContext& context, Draft draft) {
  const List& list = *context.list;
  const ListConfig& config = list.config();
  if (config.is_set(Setting::reply_to) || context.style == HeaderStyle::as_written) return draft;
  const ReplyToMode mode = read_reply_to_mode(config.text(Setting::reply_to_mode));
  const bool is_changed = mode.to != ReplyToMode::To::author;
  if (is_changed || config.is_on(Setting::strip_reply_to)) draft.edit().remove_fields("Reply-To");
  if (!is_changed) return draft;
  if (const std::string body = field_body(answered(context, mode)); !body.empty()) {
    draft.edit().add_field("Reply-To", body);
  }
  return draft;
}

}  // namespace majlis::lists
