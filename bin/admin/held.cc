#include <unistd.h>

#include <algorithm>
#include <array>

#include "auth/secret_file.h"
#include "base/text.h"
#include "bin/admin/call.h"
#include "bin/admin/print.h"
#include "lists/effects/removals.h"
#include "lists/effects/work.h"
#include "lists/posts/held/held_posts.h"
#include "lists/posts/held/moderation.h"

namespace majlis::bin::admin {
namespace {

constexpr std::size_t kFingerprintOctets = 16;

constexpr Option kListing[] = {{"json", Takes::nothing}};
constexpr Option kReject[] = {{"reason", Takes::value}};

std::string json_of(const std::string& list, const lists::HeldPostView& post) {
  return JsonLine()
      .text("list", list)
      .text("id", post.id)
      .text("sender", post.sender)
      .text("subject", post.subject)
      .text("message_id", post.message_id)
      .text("rule", post.rule)
      .text("reason", post.reason)
      .number("size_octets", static_cast<std::int64_t>(post.size_octets))
      .text("held", iso8601(post.held))
      .text("expires", iso8601(post.expires))
      .line();
}

std::string line_of(const lists::HeldPostView& post) {
  std::string subject = visible(post.subject);
  std::replace(subject.begin(), subject.end(), '\n', ' ');
  return post.id + "  " + iso8601(post.held) + "  " + std::to_string(post.size_octets) + "  " + visible(post.rule) +
         "  " + (post.sender.empty() ? "-" : visible(post.sender)) + "  " + subject + "\n";
}

// A page at a time: nobody who posts waits for a listing that nobody reads on.
Result<Verdict> list_held(const Call& call) {
  Result<OpenedList> opened = open_list(call);
  if (!opened) return opened.error();
  const std::string list = opened->list.address();
  std::string behind;
  for (;;) {
    const Result<std::vector<lists::HeldPostView>> posts = lists::held_posts_page(opened->site, opened->list, behind);
    if (!posts) return posts.error();
    if (posts->empty()) return Verdict::done;
    for (const lists::HeldPostView& post : *posts) print(call.wants_json() ? json_of(list, post) : line_of(post));
    behind = posts->back().id;
  }
}

std::string list_them(const Call& call) {
  return "'majlis held " + printable(call.word(0), 80) + " list' shows what waits";
}

// The message as it came in; a terminal gets nothing that it would obey.
Result<Verdict> show_held(const Call& call) {
  Result<OpenedList> opened = open_list(call);
  if (!opened) return opened.error();
  Result<std::string> bytes = lists::held_message(opened->site, opened->list, call.word(1));
  if (!bytes && bytes.error().kind == ErrorKind::missing) {
    return Error{ErrorKind::missing, bytes.error().what + "; " + list_them(call)};
  }
  if (!bytes) return bytes.error();
  if (isatty(STDOUT_FILENO) == 0) {
    print(*bytes);
    return Verdict::done;
  }
  std::erase(*bytes, '\r');
  print(visible(*bytes));
  return Verdict::done;
}

struct SettlementWord {
  std::string_view verb;
  lists::Settlement settlement;
  std::string_view past;
};
constexpr std::array kSettlements = {
    SettlementWord{"approve", lists::Settlement::approve, "approved"},
    SettlementWord{"reject", lists::Settlement::reject, "rejected"},
    SettlementWord{"discard", lists::Settlement::discard, "discarded"},
};

// The fingerprint is the command itself: typed again, it finds the first one's receipt and sends nothing.
Status settle(const Call& call, const OpenedList& opened, const std::string& id, const SettlementWord& word) {
  const std::string fingerprint =
      auth::fingerprint({"admin", "held", opened.list.address(), id, word.verb}).substr(0, kFingerprintOctets);
  std::optional<lists::Copies> copies;
  if (word.settlement == lists::Settlement::approve) {
    Result<std::optional<lists::Copies>> made = lists::copies_of_held(opened.site, opened.list, id);
    if (!made) return made.error();
    copies = std::move(*made);
  }
  Result<lists::Work> work = lists::Work::begin(opened.site, fingerprint, call.now);
  if (!work) return work.error();
  if (!work->is_repeat()) {
    Status settled =
        lists::settle_held(*work, opened.list, id, word.settlement, call.arguments.value("reason"), std::move(copies));
    if (!settled) return settled;
  }
  return lists::finish_unrepeated(std::move(*work), opened.list.address(), word.past);
}

Result<Verdict> settle_all(const Call& call) {
  Result<OpenedList> opened = open_list(call);
  if (!opened) return opened.error();
  const auto word = std::find_if(kSettlements.begin(), kSettlements.end(),
                                 [&](const SettlementWord& row) { return row.verb == call.verb; });
  Verdict verdict = Verdict::done;
  for (std::size_t i = 1; i < call.arguments.words().size(); ++i) {
    const std::string id = to_lower_ascii(call.word(i));
    Status settled = settle(call, *opened, id, *word);
    if (!settled) {
      const bool is_unknown = settled.error().kind == ErrorKind::refused;
      complain(call, settled.error().what + (is_unknown ? "; " + list_them(call) : ""));
      verdict = Verdict::wanting;
      continue;
    }
    record(call, opened->list.address(), id);
    print(id + " " + std::string(word->past) + "\n");
  }
  return verdict;
}

constexpr Form kForms[] = {
    {"list", 1, 1, kListing, list_held},        {"show", 2, 2, {}, show_held},
    {"approve", 2, kAnyNumber, {}, settle_all}, {"reject", 2, kAnyNumber, kReject, settle_all},
    {"discard", 2, kAnyNumber, {}, settle_all},
};

}  // namespace

constinit const Command kHeld{
    "usage: majlis held LIST list [--json]\n"
    "       majlis held LIST show ID\n"
    "       majlis held LIST approve|discard ID...\n"
    "       majlis held LIST reject ID... [--reason TEXT]\n"
    "\n"
    "Posts that wait for a moderator: id, time, octets, rule, author, subject.\n"
    "  approve   to the members, with the next run of majlis-flush\n"
    "  reject    the author is told, with the reason\n"
    "  discard   nobody is told\n",
    VerbPlace::second_word, kForms};

}  // namespace majlis::bin::admin
