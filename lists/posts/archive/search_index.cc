#include "lists/posts/archive/search_index.h"

#include <algorithm>

#include "base/date_text.h"
#include "base/text.h"
#include "lists/posts/archive/archive_file.h"
#include "lists/posts/archive/index_head.h"
#include "mail/digest.h"

namespace majlis::lists {
namespace {

constexpr std::string_view kSearchFile = "search.db";
constexpr std::size_t kPostsAtOnce = 5'000;  // some seconds
constexpr std::uint64_t kOctetsAtOnce = 256 * 1024 * 1024;
constexpr std::size_t kPostsOfCommit = 500;
constexpr std::uint64_t kMaxPostOctets = 32 * 1024 * 1024;  // of a larger one only author and Subject are found
constexpr std::size_t kMaxTextOctets = 256 * 1024;
constexpr unsigned kMonthBits = 32;  // of an id: the number in the month
constexpr std::string_view kMore = "more";
constexpr std::string_view kDamaged = "damaged";
constexpr std::size_t kDayOctets = 10;

std::string search_file(const List& list) { return archive_directory(list) + "/" + std::string(kSearchFile); }

std::int64_t id_of(std::string_view month, std::uint64_t in_month) {
  const std::uint64_t year = parse_number(month.substr(0, 4)).value_or(0);
  const std::uint64_t months = year * 12 + parse_number(month.substr(5)).value_or(0) - 1;
  return static_cast<std::int64_t>(months << kMonthBits | in_month);
}

// "2026-11"
std::string month_of(std::int64_t id) {
  const std::int64_t months = id >> kMonthBits;
  const std::string month = std::to_string(months % 12 + 1);
  return std::to_string(months / 12) + (month.size() == 1 ? "-0" : "-") + month;
}

// The day; where an entry does not tell, the first of its month.
UnixTime day_of(const ArchivedPost& post) {
  const auto day = parse_day(std::string_view(post.received).substr(0, kDayOctets));
  return day ? *day : parse_day(post.month + "-01").value_or(0);
}

// What one run may read.
struct Budget {
  std::size_t posts = kPostsAtOnce;
  std::uint64_t octets = kOctetsAtOnce;
  bool is_used_up() const { return posts == 0 || octets == 0; }
  void take(std::uint64_t read) {
    --posts;
    octets -= std::min(octets, read);
  }
};

Error other_posts(const List& list, const std::string& month) {
  return Error{ErrorKind::damaged, "lists: " + search_file(list) + ": is about other posts of " + month};
}

// Adds posts of one month to the index.
class Month {
 public:
  Month(const List& list, search::TextIndex& index, std::string month)
      : list_(list), index_(index), month_(std::move(month)) {}

  // false: there is more than the budget allows.
  Result<bool> extend(Budget& budget) {
    const std::optional<IndexHead> head = read_index_head(archive_file(list_, month_, kArchiveIndexEnding));
    if (!head) return true;
    Result<search::Mark> mark = index_.mark(month_);
    if (!mark) return mark.error();
    mark_ = *mark;
    if (mark_.documents > head->posts) return other_posts(list_, month_);
    if (mark_.documents == head->posts) return true;
    Result<IndexLines> lines = IndexLines::open(list_, month_);
    if (!lines) return lines.error();
    if (Status at_mark = skip_known(*lines); !at_mark) return at_mark.error();
    return add_posts(*lines, budget);
  }

 private:
  Status skip_known(IndexLines& lines) {
    for (std::uint64_t known = 0; known < mark_.documents; ++known) {
      Result<std::optional<ArchivedPost>> post = lines.next();
      if (!post) return post.error();
      const bool is_last = known + 1 == mark_.documents;
      if (!*post || (is_last && (*post)->offset + (*post)->octets != mark_.octets)) return other_posts(list_, month_);
    }
    return {};
  }

  Result<bool> add_posts(IndexLines& lines, Budget& budget) {
    for (;;) {
      if (budget.is_used_up()) return false;
      Status done = index_.begin();
      if (!done) return done.error();
      Result<bool> is_end = add_slice(lines, budget);
      if (!is_end) return is_end;
      done = index_.set_mark(month_, mark_);
      if (done) done = index_.commit();
      if (!done) return done.error();
      if (*is_end) return true;
    }
  }

  Result<bool> add_slice(IndexLines& lines, Budget& budget) {
    for (std::size_t added = 0; added < kPostsOfCommit && !budget.is_used_up(); ++added) {
      Result<std::optional<ArchivedPost>> post = lines.next();
      if (!post) return post.error();
      if (!*post) return true;
      Status done = add_post(**post);
      if (!done) return done.error();
      budget.take((*post)->octets);
    }
    return false;
  }

  Status add_post(const ArchivedPost& post) {
    search::Document document{id_of(month_, post.in_month), day_of(post), post.author, post.subject, ""};
    Result<std::string> message = read_archived_post(list_, post, kMaxPostOctets);
    if (message) {
      document.text = mail::read_plainly(mail::Message::open(std::move(*message)), kMaxTextOctets).text;
    } else if (message.error().kind == ErrorKind::again) {
      return message.error();
    }
    mark_.documents = post.in_month;
    mark_.octets = post.offset + post.octets;
    return index_.add(document);
  }

  const List& list_;
  search::TextIndex& index_;
  std::string month_;
  search::Mark mark_;
};

// false: more is left than one run may read.
Result<bool> extend(const List& list) {
  Result<std::vector<std::string>> months = archive_months(list);
  if (!months) return months.error();
  if (months->empty()) return true;
  Result<search::TextIndex> index = search::TextIndex::open_for_writing(search_file(list));
  if (!index) return index.error();
  Budget budget;
  for (const std::string& month : *months) {
    Result<bool> is_done = Month(list, *index, month).extend(budget);
    if (!is_done || !*is_done) return is_done;
  }
  return true;
}

}  // namespace

Status schedule_search_index(Work& work, const List& list, bool is_damaged) {
  store::DueItem item;
  item.kind = kSearchIndex;
  item.list = list.address();
  item.due = work.now();
  item.value = is_damaged ? kDamaged : "";
  return work.state().schedule(item, work.now());
}

Result<std::string> extend_search_index(const Site&, const List& list, const store::DueItem& item) {
  Result<bool> is_whole =
      item.value == kDamaged ? Error{ErrorKind::damaged, "lists: a question found that"} : extend(list);
  if (is_whole) return std::string(*is_whole ? "" : kMore);
  if (is_whole.error().kind != ErrorKind::damaged) return is_whole.error();
  log(Severity::warning, LogLine("search").with("list", list.address()).with("verdict", "anew").with(is_whole.error()));
  Status removed = search::TextIndex::remove(search_file(list));
  if (!removed) return removed.error();
  return std::string(kMore);
}

Status finish_search_index(Work& work, const List& list, const store::DueItem& item) {
  return item.value == kMore ? schedule_search_index(work, list) : Status();
}

Result<FoundPosts> search_archive(const List& list, const ArchiveOrder& order, const search::Query& query,
                                  std::size_t max) {
  Result<search::TextIndex> index = search::TextIndex::open(search_file(list));
  if (!index) return index.error();
  Result<std::uint64_t> known = index->documents();
  if (!known) return known.error();
  Result<search::Hits> hits = index->find(query, max);
  if (!hits) return hits.error();
  FoundPosts found;
  found.are_more = hits->are_more;
  found.is_whole = order.incomplete.empty() && *known >= order.posts;
  for (search::Hit& hit : hits->hits) {
    const std::string name = month_of(hit.id);
    const auto month = std::find_if(order.months.begin(), order.months.end(),
                                    [&](const ArchiveMonth& each) { return each.month == name; });
    const std::uint64_t in_month = static_cast<std::uint64_t>(hit.id) & ((std::uint64_t{1} << kMonthBits) - 1);
    if (month == order.months.end() || in_month > month->posts) continue;  // it has no number, or is gone
    found.posts.push_back({month->before + in_month, iso8601(hit.received).substr(0, kDayOctets), std::move(hit.author),
                           std::move(hit.subject)});
  }
  return found;
}

}  // namespace majlis::lists
