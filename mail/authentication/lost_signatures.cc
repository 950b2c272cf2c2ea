#include "mail/authentication/lost_signatures.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "base/text.h"
#include "mail/authentication/canonical_form.h"
#include "mail/authentication/tag_list.h"

namespace majlis::mail {
namespace {

constexpr std::string_view kDkim = "dkim-signature";
// Covers the message; the other two ARC fields cover what else there is of ARC (RFC 8617 4.1).
constexpr std::string_view kArcMessage = "arc-message-signature";
constexpr std::array kSignatures = {kDkim, kArcMessage, std::string_view("domainkey-signature")};
constexpr std::array<std::string_view, 3> kArcFields = {"arc-seal", kArcMessage, "arc-authentication-results"};

// What a signature covers.
struct Coverage {
  std::vector<std::string> fields;  // in lower case, one for each that is signed
  Canonicalization header = Canonicalization::relaxed;
  Canonicalization body = Canonicalization::relaxed;
};

const Coverage& usual_coverage() {
  static const Coverage kUsual{
      {"from", "subject", "to", "cc", "reply-to", "mime-version", "content-type", "content-transfer-encoding"},
      Canonicalization::relaxed,
      Canonicalization::relaxed};
  return kUsual;
}

Canonicalization form_called(std::string_view word) {
  return equals_ignoring_case(word, "relaxed") ? Canonicalization::relaxed : Canonicalization::simple;
}

// The two tags that all three kinds of signatures have in common. Of any algorithm, and whatever else is wrong with it.
Coverage coverage_of(std::string_view body) {
  const std::optional<TagList> tags = TagList::parse(body);
  if (!tags || tags->find("h") == nullptr) return usual_coverage();
  Coverage coverage;
  for (const std::string& name : split_at_colons(tags->value("h"))) coverage.fields.push_back(to_lower_ascii(name));
  const std::string_view forms = tags->value("c", "simple");
  const std::size_t slash = forms.find('/');
  coverage.header = form_called(trim(forms.substr(0, slash)));
  coverage.body =
      slash == std::string_view::npos ? Canonicalization::simple : form_called(trim(forms.substr(slash + 1)));
  return coverage;
}

// A header, and the body below it.
class Side {
 public:
  Side(std::string_view bytes, const std::vector<Field>& fields, std::size_t body_begin)
      : bytes_(bytes), fields_(&fields), body_begin_(body_begin) {
    for (const Field& field : fields) by_name_[to_lower_ascii(field.name)].push_back(&field);
  }

  const std::vector<const Field*>& named(std::string_view name) const {
    static const std::vector<const Field*> kNone;
    const auto found = by_name_.find(name);
    return found == by_name_.end() ? kNone : found->second;
  }
  void leave_out(const Field& field) { std::erase(by_name_[to_lower_ascii(field.name)], &field); }

  std::string_view octets(const Field& field) const { return bytes_.substr(field.begin, field.end - field.begin); }
  std::string_view body_of(const Field& field) const {
    return bytes_.substr(field.body_begin, field.body_end - field.body_begin);
  }
  std::string_view body() const { return bytes_.substr(body_begin_); }
  const std::vector<Field>& fields() const { return *fields_; }

 private:
  std::string_view bytes_;
  const std::vector<Field>* fields_;
  std::size_t body_begin_;
  std::map<std::string, std::vector<const Field*>, std::less<>> by_name_;
};

class Comparison {
 public:
  Comparison(const Side& original, Side copy) : original_(&original), copy_(std::move(copy)) {}

  SignatureLosses find() {
    find_signatures();
    // What is lost is renamed, and others may cover it.
    for (bool is_over = false; !is_over;) {
      is_over = true;
      for (Signature& each : signatures_) {
        if (each.is_lost || holds(each.coverage)) continue;
        each.is_lost = true;
        is_over = false;
        copy_.leave_out(*each.field);
      }
    }
    return losses();
  }

 private:
  struct Signature {
    const Field* field;
    std::string_view name;
    Coverage coverage;
    bool is_lost = false;
  };

  void find_signatures() {
    has_fewer_ = copy_.named(kDkim).size() < original_->named(kDkim).size();
    for (const std::string_view name : kSignatures) {
      for (const Field* field : copy_.named(name)) {
        const bool is_read = signatures_.size() < kMaxSignaturesCompared;
        signatures_.push_back({field, name, is_read ? coverage_of(copy_.body_of(*field)) : usual_coverage()});
      }
    }
  }

  SignatureLosses losses() {
    SignatureLosses result;
    result.is_changed = original_->named(kDkim).empty() ? !holds(usual_coverage()) : has_fewer_;
    bool is_arc_lost = false;
    const std::vector<const Field*>& arc = copy_.named(kArcMessage);
    for (const Signature& each : signatures_) {
      if (!each.is_lost) continue;
      // Of ARC's only the newest, the topmost, is still to hold.
      const bool is_newest = each.name == kArcMessage && (arc.empty() || each.field->begin < arc.front()->begin);
      is_arc_lost = is_arc_lost || is_newest;
      if (each.name != kArcMessage) result.lost.push_back(each.field->begin);
      result.is_changed = result.is_changed || each.name == kDkim;
    }
    if (is_arc_lost) add_arc_fields(result.lost);
    std::sort(result.lost.begin(), result.lost.end());
    return result;
  }

  void add_arc_fields(std::vector<std::size_t>& lost) const {
    for (const Field& field : copy_.fields()) {
      const std::string name = to_lower_ascii(field.name);
      if (std::find(kArcFields.begin(), kArcFields.end(), name) != kArcFields.end()) lost.push_back(field.begin);
    }
  }

  bool holds(const Coverage& coverage) {
    std::map<std::string_view, std::size_t> taken;
    for (const std::string& name : coverage.fields) {
      if (!is_same_field(name, ++taken[name], coverage.header)) return false;
    }
    return has_same_body(coverage.body);
  }

  // The nth from below (RFC 6376 5.4.2); none on either side is the same, too.
  bool is_same_field(std::string_view name, std::size_t nth, Canonicalization form) const {
    const std::vector<const Field*>& before = original_->named(name);
    const std::vector<const Field*>& now = copy_.named(name);
    if (nth > before.size() || nth > now.size()) return nth > before.size() && nth > now.size();
    const std::string_view was = original_->octets(*before[before.size() - nth]);
    const std::string_view is = copy_.octets(*now[now.size() - nth]);
    if (was == is) return true;
    Sha256 one;
    Sha256 other;
    add_field(one, was, form);
    add_field(other, is, form);
    return one.digest() == other.digest();
  }

  bool has_same_body(Canonicalization form) {
    std::optional<bool>& known = same_body_[form == Canonicalization::simple ? 0 : 1];
    if (!known) known = is_same_body(original_->body(), copy_.body(), form);
    return *known;
  }

  const Side* original_;
  Side copy_;
  std::vector<Signature> signatures_;
  bool has_fewer_ = false;  // a signature was removed
  std::array<std::optional<bool>, 2> same_body_;
};

// The header with the empty line below it; all of it where there is no such line. What is below costs too much to be
// taken apart.
std::string_view header_of(std::string_view bytes) {
  for (std::size_t at = bytes.find('\n'); at != std::string_view::npos; at = bytes.find('\n', at + 1)) {
    const std::string_view next = bytes.substr(at + 1);
    if (next.starts_with('\n')) return bytes.substr(0, at + 2);
    if (next.starts_with("\r\n")) return bytes.substr(0, at + 3);
  }
  return bytes;
}

}  // namespace

SignatureLosses compare_signed(const Message& original, std::string_view copy) {
  const Part& before = original.scan().parts.front();
  const Scan header = scan(header_of(copy));
  const Part& now = header.parts.front();
  const Side was(original.bytes(), before.fields, before.body_begin);
  return Comparison(was, Side(copy, now.fields, now.body_begin)).find();
}

std::string with_renamed(std::string copy, const std::vector<std::size_t>& fields) {
  for (auto field = fields.rbegin(); field != fields.rend(); ++field) copy.insert(*field, kLostPrefix);
  return copy;
}

}  // namespace majlis::mail
