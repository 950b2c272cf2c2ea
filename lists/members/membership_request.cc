#include "lists/members/membership_request.h"

#include <utility>

#include "lists/effects/decide_lines.h"
#include "lists/members/challenges.h"
#include "store/codec.h"

namespace majlis::lists {
namespace {

constexpr std::uint8_t kVersion = 2;        // of the details
constexpr std::uint8_t kAgreedVersion = 3;  // with how it agreed; all others earlier programs can read
constexpr std::uint8_t kFormerVersion = 1;  // says nothing of how

std::uint8_t version_of(std::string_view details) {
  for (const std::uint8_t version : {kFormerVersion, kAgreedVersion}) {
    if (details.starts_with(static_cast<char>(version))) return version;
  }
  return kVersion;
}

}  // namespace

std::string_view kind_of(MembershipChange change) {
  return change == MembershipChange::join ? kPendingJoin : kPendingLeave;
}

std::string_view rule_of(MembershipChange change) {
  return change == MembershipChange::join ? "subscribe_policy" : "unsubscribe_policy";
}

std::string details_of(const MembershipRequest& request) {
  store::RowWriter row(request.agreed ? kAgreedVersion : kVersion);
  row.text(request.who.address.text())
      .text(request.who.display)
      .number(request.confirmed == MembershipRequest::Confirmed::yes ? 1 : 0)
      .number(number_of(request.as));
  if (request.agreed) row.time(request.agreed->time).text(request.agreed->token).text(request.agreed->from);
  return row.take();
}

Result<MembershipRequest> read_request(const store::PendingItem& item) {
  const std::uint8_t version = version_of(item.details);
  store::RowReader in(item.details, version, "request");
  std::optional<mail::Address> address = mail::Address::parse(in.text());
  std::string display(in.text());
  const bool is_confirmed = in.number() != 0;
  const JoinAs as = version != kFormerVersion ? join_as_of(in.number()) : JoinAs();
  std::optional<store::Consent> agreed;
  if (version == kAgreedVersion) {
    agreed.emplace();
    agreed->time = in.time();
    agreed->token = in.text();
    agreed->from = in.text();
  }
  if (!address) in.fail("the address cannot be read");
  Status whole = in.finish();
  if (!whole) return whole.error();
  const auto change = item.kind == kPendingJoin ? MembershipChange::join : MembershipChange::leave;
  return MembershipRequest{change, mail::Mailbox{std::move(display), std::move(*address)},
                           is_confirmed ? MembershipRequest::Confirmed::yes : MembershipRequest::Confirmed::no, as,
                           std::move(agreed)};
}

TextValues values_of(const List& list, const store::PendingItem& item, const MembershipRequest& request) {
  return {{"list", list.name().name()},
          {"verb", std::string(verb_of(request.change))},
          {"address", request.who.address.text()},
          {"requester", item.asked_by},
          {"server", list.role_address("request")},
          {"held", iso8601(item.asked).substr(0, 10)},
          {"expires", iso8601(item.expires).substr(0, 10)}};
}

TextValues decide_values_of(const Work& work, const List& list, const store::PendingItem& item,
                            const tongues::Dialect& dialect) {
  return decide_values(work, list, item, dialect, "part_applicant_reason");
}

std::string subject_of_request(const Work& work, const List& list, const store::PendingItem& item) {
  const Result<MembershipRequest> request = read_request(item);
  if (!request) return {};
  TextValues values = values_of(list, item, *request);
  values.merge(decide_values_of(work, list, item, tongues::dialect_named(item.tongue)));
  return render_text(work.site(), list.config().text(Setting::language), kApprovalText, values).subject;
}

std::string summary_of_request(const Work& work, const List& list, const store::PendingItem& item) {
  const Result<MembershipRequest> request = read_request(item);
  if (!request) return {};
  TextValues values = values_of(list, item, *request);
  values["claimed"] = claimed_line(work, list, item);
  values.merge(decide_values_of(work, list, item, tongues::dialect_named(item.tongue)));
  return render_text(work.site(), list.config().text(Setting::language), "part_held_request", values).body;
}

Result<PendingDescription> describe_request(const store::PendingItem& item) {
  const Result<MembershipRequest> request = read_request(item);
  if (!request) return request.error();
  PendingDescription description;
  description.subject = std::string(verb_of(request->change)) + " " + request->who.address.text();
  description.rule = rule_of(request->change);
  const bool is_confirmed = request->confirmed == MembershipRequest::Confirmed::yes;
  description.reasons = {{is_confirmed ? ReasonId::confirmed : ReasonId::not_confirmed}};
  return description;
}

}  // namespace majlis::lists
