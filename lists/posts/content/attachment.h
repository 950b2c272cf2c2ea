#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lists/posts/content/attachment_policy.h"
#include "lists/site/reasons.h"
#include "mail/content/inspection.h"

namespace majlis::lists {

// A file that goes along with a message.
struct Attachment {
  enum class Role {
    file,
    signature,  // needs no permitted type
    text,       // what people read of the message: needs no permitted type, and its octets are words
    container,  // what is in it is judged by itself: only its names and type count
  };

  std::vector<std::string> names;  // every one that a reader could see
  std::string shown_name;          // the one that people read; "" where it has none
  std::string type;                // as declared, lower case
  std::string_view octets;         // decoded
  Role role = Role::file;
  bool can_be_seen = true;  // false: it could not be decoded
};

// Judges the attachments of one message.
class AttachmentJudge {
 public:
  // `policy` stays where it is.
  explicit AttachmentJudge(const AttachmentPolicy& policy) : policy_(&policy) {}

  // Why it is not permitted; nullopt when it is. In this order: its names, its declared type and its octets against the
  // endings that are never permitted, what it holds likewise, then the permitted types.
  std::optional<Reason> judge(const Attachment& attachment);

 private:
  std::optional<Reason> forbidden_by_name(const Attachment& attachment) const;
  std::optional<Reason> forbidden_by_kind(const Attachment& attachment, const mail::Inspection& seen) const;
  std::optional<Reason> held(const Attachment& attachment, const mail::Inspection& seen) const;
  std::optional<Reason> unpermitted(const Attachment& attachment, const mail::Inspection& seen) const;
  bool permits_shown(mail::Kind kind, std::string_view declared) const;
  bool permits_by_ending(const Attachment& attachment, const mail::Inspection& seen) const;

  const AttachmentPolicy* policy_;
  mail::Inspector inspector_;
};

}  // namespace majlis::lists
