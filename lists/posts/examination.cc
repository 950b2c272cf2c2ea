#include "lists/posts/examination.h"

#include "auth/secret_file.h"
#include "base/text.h"
#include "lists/posts/reading/secret_words.h"

namespace majlis::lists {
namespace {

// What makes two arrivals one post: Message-ID and content. Where there is no Message-ID, which scripts leave out, a
// short text may be said twice: then author and Subject tell them apart.
std::string identity_of(const mail::Message& message) {
  const auto value_of = [&](std::string_view name) { return message.field(name).value_or(""); };
  std::string id = message.message_id();
  if (id.empty()) id = value_of("From") + "\n" + value_of("Subject");
  return hex(auth::fingerprint({"post", id, value_of("Date"), message.body()}).substr(0, 16));
}

PasswordSeen seen_of(const ApprovedPost& post, PasswordCheck check) {
  if (post.password.empty()) return PasswordSeen::none;
  if (check == PasswordCheck::right) return PasswordSeen::right;
  return check == PasswordCheck::throttled ? PasswordSeen::not_looked_at : PasswordSeen::wrong;
}

Status check_password(const Site& site, const List& list, const Arrival& arrival, ExaminedPost& examined) {
  examined.post = take_approved(arrival.message);
  if (examined.post.password.empty()) return {};
  Result<PasswordCheck> check =
      check_post_password(site, list, examined.post.password, examined.requester(), arrival.now);
  if (!check) return check.error();
  examined.check = *check;
  // Who does not know the password sends in nothing for others: it is the sender's own message that is judged.
  if (examined.post.is_resubmission && *check != PasswordCheck::right) {
    examined.post = take_approved(arrival.message, Resubmission::is_not_one);
  }
  return {};
}

// The right password in what would be sent on. The same throttle as everywhere holds: what is not looked at is not
// found, and nobody learns a password by trying words here.
Status look_for_password(const Site& site, const List& list, UnixTime now, ExaminedPost& examined) {
  for (const std::string& word : words_that_may_be_secret(examined.post.message)) {
    Result<PasswordCheck> check = check_post_password(site, list, word, examined.requester(), now);
    if (!check) return check.error();
    const bool is_right = *check == PasswordCheck::right;
    examined.facts.has_password_in_text = examined.facts.has_password_in_text || is_right;
    examined.has_wrong_word = examined.has_wrong_word || *check == PasswordCheck::wrong;
  }
  return {};
}

void gather_facts(const Site& site, const List& list, const Arrival& arrival, ExaminedPost& examined) {
  const ApprovedPost& post = examined.post;
  const bool is_right = examined.check == PasswordCheck::right;
  PostFacts& facts = examined.facts;
  facts.site = &site;
  facts.list = &list;
  facts.message = &post.message;
  facts.author = post.message.author();
  facts.envelope_sender = arrival.sender;
  facts.password = seen_of(post, examined.check);
  facts.password_is_elsewhere = post.cannot_be_removed || (is_right && mentions_password(post.message, post.password));
  facts.has_approved_line = has_approved_line(post.message);
  facts.has_moderation_token = examined.moderation.has_value();
  facts.proof = is_right ? auth::Proof::post_password : auth::Proof::none;
}

}  // namespace

std::string ExaminedPost::requester() const {
  const std::optional<mail::Mailbox> author = post.message.author();
  return author ? author->address.canonical() : "";
}

Result<std::unique_ptr<ExaminedPost>> examine(const Site& site, const List& list, const Arrival& arrival) {
  auto examined = std::make_unique<ExaminedPost>();
  Status looked = check_password(site, list, arrival, *examined);
  if (looked) looked = look_for_password(site, list, arrival.now, *examined);
  if (!looked) return looked.error();
  const mail::Message& message = examined->post.message;
  Result<mail::Structure> structure = mail::compare_with_mimetic(message.bytes(), message.scan());
  if (!structure) return structure.error();
  examined->facts.structure = std::move(*structure);
  examined->moderation = find_moderation_word(site, list, message, arrival.now);
  examined->identity = identity_of(message);
  gather_facts(site, list, arrival, *examined);
  examined->findings = examine_post(examined->facts);
  if (examined->approves_held_post()) {
    Result<std::optional<Copies>> approved = copies_of_held(site, list, examined->moderation->id);
    if (!approved) return approved.error();
    examined->approved = std::move(*approved);
  }
  if (examined->findings.is_clean()) {
    Result<Copies> copies = make_copies(site, list, message, arrival.sender ? arrival.sender->text() : "");
    if (!copies) return copies.error();
    examined->copies = std::move(*copies);
  }
  return examined;
}

}  // namespace majlis::lists
