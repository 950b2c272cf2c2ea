#include "lists/moving/held_plan.h"

#include <algorithm>

#include "lists/effects/list_change.h"
#include "lists/members/moved_request.h"
#include "lists/moving/header_field.h"
#include "lists/moving/person.h"
#include "lists/posts/held/moved_post.h"

namespace majlis::lists {
namespace {

using foreign::Fate;
using foreign::Finding;

constexpr std::size_t kPostsPerWork = 20;

MembershipChange change_of(const foreign::Request& request) {
  return request.kind == foreign::Request::Kind::join ? MembershipChange::join : MembershipChange::leave;
}

class Survey {
 public:
  Survey(const Site& site, const store::View& state, const List& list, const Admission& admission)
      : site_(&site), state_(&state), list_(&list), admission_(&admission) {}

  Result<Finding> about(const foreign::HeldPost& post) const {
    Finding finding{.what = "held post", .from = post.from, .to = "held post", .fate = Fate::carried};
    const Result<bool> is_known = has_moved_in(*state_, *list_, {post.from, post.since});
    if (!is_known) return is_known.error();
    const auto waiting = state_->find_pending(list_->address(), moved_post_id(*site_, *list_, post.from, post.since));
    if (!waiting) return waiting.error();
    if (*is_known && !waiting->has_value()) leave_out(finding);
    return finding;
  }

  Result<Finding> about(const foreign::Request& request) const {
    const std::string kind(kind_of(change_of(request)));
    bool has_other_name = false;
    const Result<mail::Mailbox> person = read_person(*admission_, request.who.person, has_other_name);
    Finding finding{.what = "request to " + kind,
                    .from = request.who.person,
                    .to = person ? "held request" : "",
                    .fate = person ? (has_other_name ? Fate::changed : Fate::carried) : Fate::not_carried,
                    .why = person ? (has_other_name ? kOtherName : "") : person.error().what};
    if (!person) return finding;
    const Result<bool> is_known = has_moved_in(*state_, *list_, {request.from, request.since});
    if (!is_known) return is_known.error();
    const auto waiting = state_->find_pending_about(list_->address(), kind, person->address.canonical());
    if (!waiting) return waiting.error();
    if (*is_known && !waiting->has_value()) leave_out(finding);
    return finding;
  }

 private:
  static void leave_out(Finding& finding) {
    finding.to.clear();
    finding.fate = Fate::not_carried;
    finding.why = "it came with an earlier import and was decided here";
  }

  const Site* site_;
  const store::View* state_;
  const List* list_;
  const Admission* admission_;
};

}  // namespace

Result<std::vector<Finding>> survey_waiting(const Site& site, const List& list, const foreign::ForeignList& from,
                                            const Admission& admission) {
  std::vector<Finding> findings;
  if (from.held.empty() && from.requests.empty()) return findings;
  const Result<std::unique_ptr<store::Reader>> state = site.open_reader();
  if (!state) return state.error();
  const Survey survey(site, **state, list, admission);
  for (const foreign::HeldPost& post : from.held) {
    Result<Finding> finding = survey.about(post);
    if (!finding) return finding.error();
    findings.push_back(std::move(*finding));
  }
  for (const foreign::Request& request : from.requests) {
    Result<Finding> finding = survey.about(request);
    if (!finding) return finding.error();
    findings.push_back(std::move(*finding));
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
    bool has_other_name = false;
    Result<mail::Mailbox> person = read_person(admission, request.who.person, has_other_name);
    if (!person) continue;
    const Result<bool> kept = keep_moved_request(*work, list, {.change = change_of(request), .who = std::move(*person)},
                                                 {request.from, request.since});
    if (!kept) return kept.error();
  }
  return work->finish("import");
}

}  // namespace majlis::lists
