#include "lists/members/ask_owner.h"

#include <utility>

#include "lists/effects/letters.h"
#include "lists/members/challenges.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kDay = 24 * 3600;
constexpr std::uint32_t kAskedForOneRequester = 10;  // requests of one requester that reach an owner in a day

// Nobody fills an owner's mailbox.
Result<bool> may_ask(Work& work, const List& list, const mail::Address& address, const mail::Address& requester) {
  const std::string key = "ask-owner:" + list.address();
  const auto most = static_cast<std::uint32_t>(list.config().integer(Setting::challenges_per_day));
  for (const auto& [whose, limit] :
       {std::pair(key + ":about:" + address.canonical(), 1U),
        std::pair(key + ":from:" + requester.canonical(), kAskedForOneRequester), std::pair(key, most)}) {
    Result<bool> within = work.count_within(whose, limit, kDay);
    if (!within || !*within) return within;
  }
  return true;
}

Status warn_of_too_many(Work& work, const List& list) {
  work.log_when_done(LogLine("request")
                         .with("list", list.address())
                         .with("verdict", "refused")
                         .with("rule", "too_many_wait")
                         .with("waiting", static_cast<std::int64_t>(kMaxWaitingRequests)));
  Result<bool> first = work.count_within("requests-warning:" + list.address(), 1, kDay);
  if (!first) return first.error();
  if (!*first) return {};
  Correspondence letter;
  letter.text_name = "too_many_requests";
  letter.values = {{"count", std::to_string(kMaxWaitingRequests)}};
  letter.to = list.moderators();
  send_letter(work, list, letter);
  return {};
}

// How the list's password approves it.
std::string approve_lines(const List& list, const MembershipRequest& request, const tongues::Dialect& dialect) {
  const std::string verb(verb_of(request.change));
  const std::optional<tongues::Verb> named = tongues::verb_named(verb);
  return fill_in(dialect.approve_lines, {{"verb", named ? tongues::word_of(dialect, *named) : verb},
                                         {"target", list.name().name()},
                                         {"address", request.who.address.text()}});
}

Status keep_and_ask(Work& work, const List& list, const MembershipRequest& request, const mail::Address& requester,
                    const tongues::Dialect& dialect) {
  store::PendingItem item;
  item.list = list.address();
  item.kind = kind_of(request.change);
  item.address = request.who.address.canonical();
  item.id = pending_id(work.site(), list, item.kind + ":" + item.address, work.now());
  item.asked_by = requester.canonical();
  item.tongue = dialect.name;
  item.asked = work.now();
  item.expires = pending_until(list, work.now());
  item.details = details_of(request);
  Status kept = add_pending(work, item);
  if (!kept) return kept;
  work.note(item.address,
            item.kind + " list=" + item.list + " verdict=hold rule=" + std::string(rule_of(request.change)));
  Correspondence letter;
  letter.text_name = "approval_request";
  letter.values = values_of(list, item, request);
  letter.values.merge(decide_values_of(work, list, item, dialect));
  letter.values["approve_lines"] = approve_lines(list, request, dialect);
  letter.values["requester"] = requester.text();
  const bool is_confirmed = request.confirmed == MembershipRequest::Confirmed::yes;
  letter.values["confirmed"] = is_confirmed ? part_text(work, list, "part_confirmed") : "";
  letter.to = list.moderators();
  letter.reply_to = list.role_address("request");
  send_letter(work, list, letter);
  return {};
}

}  // namespace

Result<RequestOutcome> ask_owner(Work& work, const List& list, const MembershipRequest& request,
                                 const mail::Address& requester, const tongues::Dialect& dialect) {
  const std::string_view kind = kind_of(request.change);
  Result<std::optional<store::PendingItem>> waiting =
      work.state().find_pending_about(list.address(), kind, request.who.address.canonical());
  if (!waiting) return waiting.error();
  if (*waiting) return RequestOutcome::waits_already;
  Result<std::size_t> count = work.state().count_pending(list.address(), kind, kMaxWaitingRequests);
  if (!count) return count.error();
  if (*count >= kMaxWaitingRequests) {
    Status warned = warn_of_too_many(work, list);
    return warned ? Result<RequestOutcome>(RequestOutcome::too_many) : warned.error();
  }
  if (request.confirmed == MembershipRequest::Confirmed::no) {
    Result<bool> allowed = may_ask(work, list, request.who.address, requester);
    if (!allowed) return allowed.error();
    if (!*allowed) return RequestOutcome::too_many;
  }
  Status asked = keep_and_ask(work, list, request, requester, dialect);
  return asked ? Result<RequestOutcome>(RequestOutcome::passed_on) : asked.error();
}

}  // namespace majlis::lists
