#include "lists/moving/held_plan.h"

#include <algorithm>

#include "lists/effects/list_change.h"
#include "lists/members/moved_request.h"
#include "lists/moving/header_field.h"
#include "lists/posts/held/moved_post.h"

namespace majlis::lists {
namespace {

using foreign::Fate;
using foreign::Finding;

constexpr std::size_t kPostsPerWork = 20;

MembershipChange change_of(const foreign::Request& request) {
  return request.kind == foreign::Request::Kind::join ? MembershipChange::join : MembershipChange::leave;
}

}  // namespace

std::vector<Finding> survey_waiting(const foreign::ForeignList& list, const Admission& admission) {
  std::vector<Finding> findings;
  for (const foreign::HeldPost& post : list.held) {
    findings.push_back({.what = "held post", .from = post.from, .to = "held post", .fate = Fate::carried});
  }
  for (const foreign::Request& request : list.requests) {
    const std::string kind(kind_of(change_of(request)));
    const Result<mail::Mailbox> person = admission.read(request.who.person);
    findings.push_back({.what = "request to " + kind,
                        .from = request.who.person,
                        .to = person ? "held request" : "",
                        .fate = person ? Fate::carried : Fate::not_carried,
                        .why = person ? "" : person.error().what});
  }
  return findings;
}

Status carry_waiting(const Site& site, const List& list, const foreign::ForeignList& from, const Admission& admission,
                     UnixTime now) {
  for (std::size_t begin = 0; begin < from.held.size(); begin += kPostsPerWork) {
    Result<Work> work = begin_change(site, now);
    if (!work) return work.error();
    for (std::size_t i = begin; i < std::min(from.held.size(), begin + kPostsPerWork); ++i) {
      const foreign::HeldPost& post = from.held[i];
      const Result<bool> held = hold_moved_post(*work, list,
                                                {.message = post.message,
                                                 .message_id = header_field(post.message, "Message-ID"),
                                                 .sender = post.sender,
                                                 .subject = post.subject,
                                                 .reason = post.reason,
                                                 .since = post.since,
                                                 .place = post.from});
      if (!held) return held.error();
    }
    if (Status done = work->finish("import"); !done) return done;
  }
  if (from.requests.empty()) return {};
  Result<Work> work = begin_change(site, now);
  if (!work) return work.error();
  for (const foreign::Request& request : from.requests) {
    Result<mail::Mailbox> person = admission.read(request.who.person);
    if (!person) continue;
    const Result<bool> kept =
        keep_moved_request(*work, list, {.change = change_of(request), .who = std::move(*person)});
    if (!kept) return kept.error();
  }
  return work->finish("import");
}

}  // namespace majlis::lists
