#include "lists/effects/copy_wishes.h"

#include <algorithm>

#include "mail/automatic.h"
#include "mail/recipient_fields.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxNamed = spool::kMaxExcept - 1;  // with the author no more than one job takes

void add_named(const mail::Message& post, std::string_view field, std::vector<mail::Address>& named) {
  for (const std::string& body : post.fields(field)) {
    for (const std::string& written : mail::addresses_named_in(body, kMaxNamed)) {
      const std::optional<mail::Address> address = mail::Address::parse(written);
      if (!address || std::find(named.begin(), named.end(), *address) != named.end()) continue;
      if (named.size() == kMaxNamed) return;
      named.push_back(*address);
    }
  }
}

Status add_with_option(Work& work, const List& list, const mail::Address& address, std::uint32_t option,
                       std::vector<std::string>& members) {
  Result<std::optional<store::Member>> member = work.state().find_member(list.address(), address);
  if (!member) return member.error();
  if (*member && ((*member)->flags & option) != 0) members.push_back((*member)->address.text());
  return {};
}

}  // namespace

PostPeople people_of(const mail::Message& post, std::string_view envelope_sender) {
  PostPeople people;
  if (const std::optional<mail::Mailbox> author = post.author()) people.author = author->address;
  add_named(post, "To", people.named);
  add_named(post, "Cc", people.named);
  people.message_id = post.message_id();
  people.subject = post.subject();
  people.is_from_robot = mail::automatic_reason(post, mail::ReturnPath::parse(envelope_sender)).has_value();
  return people;
}

Result<std::vector<std::string>> members_without_copy(Work& work, const List& list, const PostPeople& people) {
  std::vector<std::string> members;
  if (people.author) {
    Status asked = add_with_option(work, list, *people.author, store::kMemberNoRepro, members);
    if (!asked) return asked.error();
  }
  for (const mail::Address& named : people.named) {
    Status asked = add_with_option(work, list, named, store::kMemberNoDupes, members);
    if (!asked) return asked.error();
  }
  std::sort(members.begin(), members.end());
  members.erase(std::unique(members.begin(), members.end()), members.end());
  return members;
}

Result<bool> wants_to_be_told(Work& work, const List& list, const PostPeople& people) {
  if (!people.author || people.is_from_robot) return false;
  Result<std::optional<store::Member>> member = work.state().find_member(list.address(), *people.author);
  if (!member) return member.error();
  return *member && ((*member)->flags & store::kMemberAck) != 0;
}

}  // namespace majlis::lists
