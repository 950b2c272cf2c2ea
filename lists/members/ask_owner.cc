#include "lists/members/ask_owner.h"

#include <array>

#include "lists/effects/ceilings.h"
#include "lists/effects/letters.h"
#include "lists/members/challenges.h"

namespace majlis::lists {
namespace {

constexpr std::uint64_t kAskedAboutOne = 1;          // in a day, by itself, and by all others together
constexpr std::uint64_t kAskedForOneRequester = 10;  // in a day

// Nobody fills an owner's mailbox, and what others ask about somebody takes nothing away from who asks for himself; nor
// do those who would join from those who would leave.
Result<RequestOutcome> take_share(Work& work, const List& list, const MembershipRequest& request,
                                  const mail::Address& requester) {
  const std::string key = "ask-owner:" + list.address() + ":" + std::string(kind_of(request.change));
  const auto most = static_cast<std::uint64_t>(list.config().integer(Setting::challenges_per_day));
  const std::string by = request.who.address == requester ? ":own:" : ":about:";
  const std::array shares = {
      Share{key + by + mailbox_key(request.who.address), kAskedAboutOne},
      Share{key + ":from:" + mailbox_key(requester), kAskedForOneRequester},
      Share{key, most},
  };
  Result<std::optional<std::size_t>> used_up = take_shares(work, shares);
  if (!used_up) return used_up.error();
  if (!*used_up) return RequestOutcome::passed_on;
  if (**used_up + 1 < shares.size()) {
    log_share_used(work, list, "request", "asked_today", requester);
    return RequestOutcome::asked_today;
  }
  Status told = tell_of_ceiling(work, &list, {Ceiling::requests_asked, most});
  return told ? Result<RequestOutcome>(RequestOutcome::too_many) : told.error();
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
  letter.text_name = kApprovalText;
  letter.values = values_of(list, item, request);
  letter.values.merge(decide_values_of(work, list, item, dialect));
  letter.values["approve_lines"] = approve_lines(list, request, dialect);
  letter.values["requester"] = requester.text();
  const bool is_confirmed = request.confirmed == MembershipRequest::Confirmed::yes;
  letter.values["confirmed"] = is_confirmed ? part_text(work, list, "part_confirmed") : "";
  letter.message_id = notice_message_id(list, item.id);
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
    Status told = tell_of_ceiling(work, &list, {Ceiling::requests, kMaxWaitingRequests});
    return told ? Result<RequestOutcome>(RequestOutcome::too_many) : told.error();
  }
  if (request.confirmed == MembershipRequest::Confirmed::no) {
    Result<RequestOutcome> taken = take_share(work, list, request, requester);
    if (!taken || *taken != RequestOutcome::passed_on) return taken;
  }
  Status asked = keep_and_ask(work, list, request, requester, dialect);
  return asked ? Result<RequestOutcome>(RequestOutcome::passed_on) : asked.error();
}

}  // namespace majlis::lists
