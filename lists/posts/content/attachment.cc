#include "lists/posts/content/attachment.h"

#include <algorithm>

#include "base/text.h"
#include "mail/coding/decode.h"

namespace majlis::lists {
namespace {

using mail::Kind;
using mail::KindRow;
using mail::Shows;

constexpr std::string_view kSaysNothing = "application/octet-stream";
constexpr std::size_t kShownOctets = 80;
constexpr std::string_view kNoName = "?";

std::string shown(std::string_view text) {
  return text.empty() ? std::string(kNoName) : printable_utf8(mail::to_utf8(text, "utf-8"), kShownOctets);
}

Reason reason(ReasonId id, const Attachment& attachment, std::string_view more = {}, std::string_view value = {}) {
  const std::string file = shown(attachment.shown_name) + " (" + shown(attachment.type) + ", " +
                           std::to_string(attachment.octets.size()) + " octets)";
  Reason why{id, {{"file", file}}};
  if (!more.empty()) why.values.emplace(more, shown(value));
  return why;
}

// The rows of the kinds that are sent under this type.
template <typename Test>
bool any_row_of_type(std::string_view type, const Test& test) {
  const auto rows = mail::kind_table();
  return std::any_of(rows.begin(), rows.end(),
                     [&](const KindRow& row) { return mail::has_word(row.types, type) && test(row); });
}

bool permits_any(const PermittedTypes& permitted, std::string_view types) {
  const std::vector<std::string_view> words = split_words(types);
  return std::any_of(words.begin(), words.end(), [&](std::string_view type) { return permitted.permit(type); });
}

bool shows(const mail::Inspection& seen, const KindRow& row) {
  return std::all_of(seen.kinds.begin(), seen.kinds.end(),
                     [&](Kind kind) { return kind == row.kind || (kind == Kind::text && row.shows == Shows::text); });
}

// A file "x.exe.gz" is unpacked as "x.exe".
std::vector<std::string> names_within(const std::vector<std::string>& names) {
  std::vector<std::string> within;
  for (const std::string& name : names) {
    for (const std::string& reading : mail::readings_of(name)) {
      const std::size_t dot = reading.rfind('.');
      if (dot != std::string::npos && dot > 0) within.push_back(reading.substr(0, dot));
    }
  }
  return within;
}

}  // namespace

std::optional<Reason> AttachmentJudge::forbidden_by_name(const Attachment& attachment) const {
  for (const std::string& name : attachment.names) {
    if (const auto ending = policy_->names.of_name(name)) {
      return reason(ReasonId::attachment_name, attachment, "ending", *ending);
    }
  }
  const bool is_declared = any_row_of_type(
      attachment.type, [&](const KindRow& row) { return !policy_->names.first_of(row.endings).empty(); });
  if (is_declared) return reason(ReasonId::attachment_kind, attachment, "kind", attachment.type);
  return std::nullopt;
}

std::optional<Reason> AttachmentJudge::forbidden_by_kind(const Attachment& attachment,
                                                         const mail::Inspection& seen) const {
  for (const Kind kind : seen.kinds) {
    const KindRow& row = mail::row_of(kind);
    if (!policy_->names.first_of(row.endings).empty()) {
      return reason(ReasonId::attachment_kind, attachment, "kind", row.word);
    }
  }
  return std::nullopt;
}

std::optional<Reason> AttachmentJudge::held(const Attachment& attachment, const mail::Inspection& seen) const {
  const mail::FileEndings& names = policy_->names;
  if (names.empty()) return std::nullopt;
  for (const mail::Holding& holding : seen.holdings) {
    if (names.of_name(holding.name)) return reason(ReasonId::attachment_holds, attachment, "inside", holding.name);
    for (const Kind kind : holding.kinds) {
      const KindRow& row = mail::row_of(kind);
      if (names.first_of(row.endings).empty()) continue;
      const std::string inside =
          holding.name.empty() ? std::string(row.word) : holding.name + ", " + std::string(row.word);
      return reason(ReasonId::attachment_holds, attachment, "inside", inside);
    }
  }
  const bool is_packed = std::find(seen.kinds.begin(), seen.kinds.end(), Kind::gzip) != seen.kinds.end();
  for (const std::string& name : is_packed ? names_within(attachment.names) : std::vector<std::string>()) {
    if (names.of_name(name)) return reason(ReasonId::attachment_holds, attachment, "inside", name);
  }
  if (!seen.is_listed || !attachment.can_be_seen) return reason(ReasonId::attachment_closed, attachment);
  return std::nullopt;
}

// What octets show that have no signature is what is declared, unless that has one.
bool AttachmentJudge::permits_shown(Kind kind, std::string_view declared) const {
  const KindRow& row = mail::row_of(kind);
  if (kind != Kind::unknown && permits_any(policy_->types, row.types)) return true;
  if (kind != Kind::unknown && kind != Kind::text) return false;
  return !any_row_of_type(declared,
                          [&](const KindRow& each) { return each.shows == Shows::signature || kind == Kind::unknown; });
}

bool AttachmentJudge::permits_by_ending(const Attachment& attachment, const mail::Inspection& seen) const {
  const std::vector<std::string> endings = mail::last_endings(attachment.shown_name);
  const auto is_permitted = [&](const std::string& ending) {
    const auto rows = mail::kind_table();
    return std::any_of(rows.begin(), rows.end(), [&](const KindRow& row) {
      return mail::has_word(row.endings, ending) && permits_any(policy_->types, row.types) && shows(seen, row);
    });
  };
  return !endings.empty() && std::all_of(endings.begin(), endings.end(), is_permitted);
}

std::optional<Reason> AttachmentJudge::unpermitted(const Attachment& attachment, const mail::Inspection& seen) const {
  if (attachment.type == kSaysNothing) {
    if (permits_by_ending(attachment, seen)) return std::nullopt;
    return reason(ReasonId::attachment_unclear, attachment);
  }
  if (!policy_->types.permit(attachment.type)) return reason(ReasonId::attachment_type, attachment);
  for (const Kind kind : seen.kinds) {
    if (permits_shown(kind, attachment.type)) continue;
    return reason(ReasonId::attachment_differs, attachment, "kind", mail::row_of(kind).word);
  }
  return std::nullopt;
}

std::optional<Reason> AttachmentJudge::judge(const Attachment& attachment) {
  const bool is_file = attachment.role == Attachment::Role::file;
  const PermittedTypes::Which which = policy_->types.which;
  if (is_file && which == PermittedTypes::Which::none) return reason(ReasonId::attachment_none, attachment);
  if (auto why = forbidden_by_name(attachment)) return why;
  if (!is_file && attachment.role != Attachment::Role::signature) return std::nullopt;
  const mail::Inspection seen = inspector_.inspect(attachment.octets);
  if (auto why = forbidden_by_kind(attachment, seen)) return why;
  if (auto why = held(attachment, seen)) return why;
  return is_file && which == PermittedTypes::Which::listed ? unpermitted(attachment, seen) : std::nullopt;
}

}  // namespace majlis::lists
