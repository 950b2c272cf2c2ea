#include "lists/posts/digests/index_issue.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "base/date_text.h"
#include "base/text.h"
#include "lists/posts/archive/archive_index.h"
#include "lists/posts/archive/archive_order.h"
#include "lists/site/config/dialect.h"
#include "lists/site/texts.h"
#include "mail/coding/decode.h"
#include "mail/date_field.h"
#include "tongues/dialect.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxShownOctets = 200;  // of an author, of a Subject
constexpr std::size_t kNumberColumn = 6;
constexpr std::size_t kLinesColumn = 5;
constexpr std::size_t kAuthorColumn = 27;

std::string at_right(std::string text, std::size_t width) {
  return std::string(width - std::min(width, text.size()), ' ') + text;
}

// "2026-11-24", when the archive got it, as SEARCH has it; of a post that is not there by its author's clock, "" where
// the field says nothing.
std::string day_of(const mail::Message& post, const std::optional<ArchivedPost>& archived) {
  constexpr std::size_t kDayOctets = 10;
  if (archived && archived->received.size() >= kDayOctets) return archived->received.substr(0, kDayOctets);
  const auto date = mail::parse_date_field(post.field("Date").value_or(""));
  return date ? iso8601(*date).substr(0, 10) : std::string();
}

//      "    12  2026-11-24     35  Ann Lee <ann@example.org>"
std::string entry_for(const mail::Message& post, const std::optional<ArchivedPost>& archived) {
  const std::string number = archived ? std::to_string(archived->number) : "-";
  const std::string_view body = post.body();
  const std::string lines = std::to_string(std::count(body.begin(), body.end(), '\n'));
  std::string day = day_of(post, archived);
  day.resize(std::max(day.size(), std::size_t{10}), ' ');
  const std::string author = printable_utf8(mail::decode_words(post.field("From").value_or("")), kMaxShownOctets);
  return at_right(number, kNumberColumn) + "  " + day + "  " + at_right(lines, kLinesColumn) + "  " + author + "\n" +
         std::string(kAuthorColumn, ' ') + printable_utf8(post.subject(), kMaxShownOctets) + "\n";
}

std::string how_to_order(const Work& work, const List& list, const List& parent, const ArchivedPost& example) {
  const tongues::Dialect& dialect = tongues::dialect_named(parent.config().choice(Setting::dialect));
  const std::string command = tongues::word_of(dialect, tongues::Verb::getpost) + " " + parent.name().name() + " " +
                              std::to_string(example.number);
  return render_text(work.site(), list.config().text(Setting::language), "part_index_order",
                     {{"server", std::string(dialect.name) + "@" + parent.name().domain()}, {"command", command}})
      .body;
}

Result<std::vector<std::optional<ArchivedPost>>> look_up(Work& work, const List& list,
                                                         const std::vector<mail::Message>& posts) {
  Result<ArchiveOrder> order = archive_order(work.state(), list);
  if (order && !order->incomplete.empty()) {
    Result<IndexState> extended = extend_index_of_month(work.state(), list, order->incomplete);
    if (!extended) return extended.error();
    order = archive_order(work.state(), list);
  }
  if (!order) return order.error();
  std::vector<std::string> ids;
  for (const mail::Message& post : posts) ids.push_back(printable_utf8(post.message_id()));
  return find_archived_ids(list, *order, ids);
}

}  // namespace

std::vector<std::optional<ArchivedPost>> archived_posts(Work& work, const List& list,
                                                        const std::vector<mail::Message>& posts) {
  Result<std::vector<std::optional<ArchivedPost>>> found = look_up(work, list, posts);
  if (found) return std::move(*found);
  log(Severity::warning, LogLine("digest").with("list", list.address()).with(found.error()));
  return std::vector<std::optional<ArchivedPost>>(posts.size());
}

std::string index_text(const Work& work, const List& list, const List* parent, std::string_view banner,
                       const std::vector<mail::Message>& posts, std::string_view trailer,
                       const std::vector<std::optional<ArchivedPost>>& archived) {
  std::string text = std::string(banner) + "\n";
  text += render_text(work.site(), list.config().text(Setting::language), "part_index_columns", {}).body;
  for (std::size_t i = 0; i < posts.size(); ++i) text += entry_for(posts[i], archived[i]);
  const auto example =
      std::find_if(archived.begin(), archived.end(), [](const auto& post) { return post.has_value(); });
  if (parent != nullptr && example != archived.end()) text += "\n" + how_to_order(work, list, *parent, **example);
  return text + "\n" + std::string(trailer);
}

}  // namespace majlis::lists
