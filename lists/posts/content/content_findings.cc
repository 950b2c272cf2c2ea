#include "lists/posts/content/content_findings.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "lists/posts/content/attachment.h"
#include "mail/coding/decode.h"
#include "mail/coding/quoted_printable.h"
#include "mail/content/inspection.h"
#include "mail/content/signatures.h"
#include "mail/content/text_blocks.h"
#include "mail/part_text.h"
#include "mail/scan/part_header.h"

namespace majlis::lists {
namespace {

constexpr std::array<std::string_view, 4> kSignatureTypes = {"application/pgp-signature", "application/pkcs7-signature",
                                                             "application/x-pkcs7-signature", "application/pgp-keys"};
constexpr std::array<std::string_view, 3> kOpaqueTypes = {"application/pkcs7-mime", "application/x-pkcs7-mime",
                                                          "multipart/encrypted"};

template <typename Table>
bool is_in(const Table& table, std::string_view word) {
  return std::find(table.begin(), table.end(), word) != table.end();
}

class Examination {
 public:
  Examination(const AttachmentPolicy& policy, const mail::Message& message)
      : judge_(policy), policy_(&policy), message_(&message), parts_(&message.scan().parts) {}

  ContentFindings run();

 private:
  const mail::Part& part(std::size_t index) const { return (*parts_)[index]; }
  std::string_view body_of(const mail::Part& part) const {
    return message_->bytes().substr(part.body_begin, part.body_end - part.body_begin);
  }
  bool is_container(std::size_t index) const;
  bool is_inside_opaque(std::size_t index) const;
  bool is_closed(std::size_t index) const;
  bool is_first_text(std::size_t index) const;
  bool is_body(std::size_t index) const;
  bool is_signature(std::size_t index) const;
  void look_at(std::size_t index);
  void look_at_text(std::size_t index, const std::string& octets);
  void add(std::size_t index, std::optional<ContentFinding::Block> block, std::optional<Reason> why);
  std::string decode(const mail::Part& part);

  AttachmentJudge judge_;
  const AttachmentPolicy* policy_;
  const mail::Message* message_;
  const std::vector<mail::Part>* parts_;
  ContentFindings result_;
};

// Its content is parts of their own. Children stand right behind their parent.
bool Examination::is_container(std::size_t index) const {
  return index + 1 < parts_->size() && part(index + 1).parent == static_cast<int>(index) &&
         part(index).type != "multipart/encrypted";
}

bool Examination::is_inside_opaque(std::size_t index) const {
  for (int at = part(index).parent; at >= 0; at = part(static_cast<std::size_t>(at)).parent) {
    if (is_in(kOpaqueTypes, part(static_cast<std::size_t>(at)).type)) return true;
  }
  return false;
}

// To change it is to break a signature, or impossible.
bool Examination::is_closed(std::size_t index) const {
  if (is_in(kOpaqueTypes, part(index).type)) return true;
  for (int at = static_cast<int>(index); at >= 0; at = part(static_cast<std::size_t>(at)).parent) {
    if (part(static_cast<std::size_t>(at)).type == "multipart/signed") return true;
  }
  return false;
}

// The message itself, or the first of the first of its parts: where readers look for its text.
bool Examination::is_first_text(std::size_t index) const {
  for (auto at = static_cast<int>(index); at > 0; at = part(static_cast<std::size_t>(at)).parent) {
    if (part(static_cast<std::size_t>(at)).parent != at - 1) return false;
  }
  return true;
}

bool Examination::is_body(std::size_t index) const {
  const mail::Part& each = part(index);
  if (each.type != "text/plain" && each.type != "text/html") return false;
  if (mail::is_attachment(message_->bytes(), each)) return false;
  return each.file_names.empty() || is_first_text(index);
}

// The part behind the signed one.
bool Examination::is_signature(std::size_t index) const {
  const int parent = part(index).parent;
  return parent >= 0 && part(static_cast<std::size_t>(parent)).type == "multipart/signed" &&
         static_cast<int>(index) != parent + 1 && is_in(kSignatureTypes, part(index).type);
}

void Examination::add(std::size_t index, std::optional<ContentFinding::Block> block, std::optional<Reason> why) {
  if (!why) return;
  result_.is_closed = result_.is_closed || is_closed(index);
  result_.found.push_back({index, block, std::move(*why)});
}

// What a filter decodes and what a reader decodes must be one thing.
std::string Examination::decode(const mail::Part& part) {
  bool canonical = true;
  const std::string_view body = body_of(part);
  std::string octets =
      part.encoding == "base64" ? mail::decode_base64(body, &canonical) : mail::decode_transfer(body, part.encoding);
  result_.is_unclear = result_.is_unclear || !canonical;
  return octets;
}

// Binary octets under the name of text are judged as what they show. Of a text that people read, sloppy
// quoted-printable hides nothing.
void Examination::look_at(std::size_t index) {
  const mail::Part& each = part(index);
  const std::string octets = is_container(index) ? std::string() : decode(each);
  Attachment attachment{.names = each.file_names,
                        .shown_name = mail::file_name_of(message_->bytes(), each),
                        .type = each.type,
                        .octets = octets};
  if (is_container(index)) {
    attachment.role = Attachment::Role::container;
    attachment.octets = body_of(each);
  } else if (is_body(index) && (mail::is_text(octets) || mail::kinds_of(octets).front() == mail::Kind::unknown)) {
    attachment.role = Attachment::Role::text;
  } else if (is_signature(index)) {
    attachment.role = Attachment::Role::signature;
  }
  if (each.encoding == "quoted-printable" && attachment.role == Attachment::Role::file) {
    result_.is_unclear = result_.is_unclear || !mail::is_quoted_printable(body_of(each));
  }
  const std::optional<Reason> why = judge_.judge(attachment);
  add(index, std::nullopt, why);
  if (!why && each.type == "text/plain") look_at_text(index, octets);
}

void Examination::look_at_text(std::size_t index, const std::string& octets) {
  for (const mail::TextBlock& block : mail::find_text_blocks(octets)) {
    const std::string name = mail::to_utf8(block.name, part(index).charset);
    const Attachment attachment{.names = {name},
                                .shown_name = name,
                                .type = "application/octet-stream",
                                .octets = block.octets,
                                .can_be_seen = block.form != mail::TextBlock::Form::binhex};
    add(index, ContentFinding::Block{block.begin, block.end}, judge_.judge(attachment));
  }
}

ContentFindings Examination::run() {
  result_.is_in_force = policy_->is_in_force();
  for (std::size_t i = 0; result_.is_in_force && i < parts_->size(); ++i) {
    // A multipart is nothing but its parts.
    if (!is_inside_opaque(i) && (!is_container(i) || !part(i).is_multipart())) look_at(i);
  }
  return std::move(result_);
}

}  // namespace

ContentFindings examine_attachments(const AttachmentPolicy& policy, const mail::Message& message) {
  return Examination(policy, message).run();
}

}  // namespace majlis::lists
