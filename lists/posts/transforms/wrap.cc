#include <algorithm>
#include <array>

#include "auth/secret_file.h"
#include "base/text.h"
#include "lists/posts/transforms/transforms.h"
#include "mail/authentication/lost_signatures.h"

namespace majlis::lists {
namespace {

// What is about the message inside and not about the one around it; so is whatever else begins with Content-.
constexpr std::array<std::string_view, 10> kInside = {"MIME-Version",
                                                      "Lines",
                                                      "Message-ID",
                                                      "References",
                                                      "DKIM-Signature",
                                                      "DomainKey-Signature",
                                                      "ARC-Seal",
                                                      "ARC-Message-Signature",
                                                      "ARC-Authentication-Results",
                                                      "Author"};
constexpr std::string_view kContent = "Content-";
constexpr std::size_t kIdOctets = 16;

// The same for each copy of a post, and each time it is made.
std::string message_id_around(const List& list, const mail::Message& post) {
  const std::string name = hex(auth::fingerprint({"wrapped", list.address(), post.bytes()}).substr(0, kIdOctets));
  return "<" + name + ".wrapped@" + list.name().domain() + ">";
}

// Answers to the one around belong to the thread of the one inside.
std::string references_of(const mail::Message& message) {
  const std::string before = message.field("References").value_or("");
  return std::string(trim(before + " " + message.message_id()));
}

bool is_inside(std::string_view name) {
  const auto begins_with = [&](std::string_view prefix) {
    return equals_ignoring_case(name.substr(0, prefix.size()), prefix);
  };
  return begins_with(kContent) || begins_with(mail::kLostPrefix) ||
         std::any_of(kInside.begin(), kInside.end(),
                     [&](std::string_view each) { return equals_ignoring_case(name, each); });
}

}  // namespace

// The post as message/rfc822, as far as it is made by now, below its own header: who wrote whom when, what it is about,
// and the marks of its way, by which loops are known. What follows in the table is about the message around it. A
// header without an end is left as it is.
Result<Draft> wrap(const PostContext& context, Draft draft) {
  if (context.author_as != AuthorAs::wrapped) return draft;
  const mail::Message inside = mail::Message::open(finish_copy(context, draft).bytes);
  const std::size_t body = inside.scan().parts.front().body_begin;
  if (body == inside.header().size()) return draft;
  mail::Edit edit(inside);
  for (const mail::Field& field : inside.scan().parts.front().fields) {
    if (is_inside(field.name)) edit.remove(field.begin, field.end);
  }
  edit.add_field("Message-ID", message_id_around(*context.list, *context.post));
  edit.add_field("References", references_of(inside));
  edit.add_field("MIME-Version", "1.0");
  edit.add_field("Content-Type", "message/rfc822");
  edit.add_field("Content-Transfer-Encoding", inside.scan().has_eight_bit ? "8bit" : "7bit");
  edit.insert(body, std::string(inside.bytes().substr(0, body)));
  return Draft(std::make_shared<const mail::Message>(mail::Message::open(edit.apply().bytes)));
}

}  // namespace majlis::lists
