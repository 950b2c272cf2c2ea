#include "store/erasure.h"

#include <utility>
#include <vector>

#include "base/text.h"
#include "store/rows.h"
#include "store/tables.h"

// A person is taken out of every row: what is about it goes, what is about others stays without its name.
namespace majlis::store {
namespace {

constexpr std::size_t kManyRows = 10'000;  // large reads
constexpr std::size_t kTimeOctets = 8;
constexpr std::string_view kPartEnd("\0\x01", 2);
constexpr std::size_t kMaxLists = 100'000;

struct Row {
  std::string key;
  std::string value;
};

Error malformed_key() { return {ErrorKind::damaged, "store: erase a person: a key is malformed"}; }

// What the rows of a table are called in a report; "": they go with a row that is.
std::string_view word_for(Table table) {
  switch (table) {
    case Table::roster: return "name of another member";
    case Table::bounce: return "bounces";
    case Table::report: return "report";
    case Table::trace: return "trace";
    case Table::counter: return "counter";
    case Table::seen: return "seen";
    case Table::receipt: return "receipt";
    case Table::pending_item: return "pending";
    case Table::item: return "timed";
    case Table::ban: return "ban";
    case Table::consent: return "consent";
    default: return "";
  }
}

}  // namespace

class Writer::Eraser {
 public:
  Eraser(Writer& writer, const Erasure& person)
      : writer_(writer),
        rows_(writer.tables_->rows()),
        person_(person),
        canonical_(person.address.canonical()),
        place_(Key::part_of(person.address).octets()) {}

  Status run() {
    Status done = leave_lists();
    if (done) done = forget_password();
    Result<std::vector<Row>> found = done ? find_rows() : Result<std::vector<Row>>(done.error());
    if (!found) return found.error();
    if (!found->empty()) done = writer_.tables_->begin();
    for (const Row& row : *found) {
      if (done) done = treat(static_cast<Table>(row.key.front()), row);
    }
    return done;
  }
  ErasedRows take_counts() { return std::move(counts_); }

 private:
  Status leave_lists() {
    Result<std::vector<std::string>> lists = writer_.lists_of(person_.address, kMaxLists);
    if (!lists) return lists.error();
    for (const std::string& list : *lists) {
      Result<std::optional<Consent>> consent = writer_.find_consent(list, person_.address);
      if (!consent) return consent.error();
      Result<bool> removed = writer_.remove_member(list, person_.address);
      if (!removed) return removed.error();
      counts_["member"] += *removed ? 1 : 0;
      if (*consent) ++counts_["consent"];
    }
    return {};
  }

  Status forget_password() {
    Result<bool> removed = writer_.remove_personal_password(person_.address);
    if (!removed) return removed.error();
    if (*removed) ++counts_["password"];
    return {};
  }

  // As octets, somebody else's longer address too: what is done with a row looks closer.
  bool may_be_in(std::string_view octets) const {
    return octets.find(place_) != std::string_view::npos ||
           find_ignoring_case(octets, canonical_) != std::string_view::npos;
  }

  // The table stands in front of a key's first part, and of the key that a row of times leads to.
  bool is_about(std::string_view key) const {
    if (key.find(place_) != std::string_view::npos) return true;
    const bool is_time = key.front() == static_cast<char>(Table::expiry) && key.size() > kTimeOctets + 1;
    key.remove_prefix(is_time ? kTimeOctets + 2 : 1);
    for (;;) {
      const std::size_t end = key.find(kPartEnd);
      if (person_.is_in(key.substr(0, end))) return true;
      if (end == std::string_view::npos) return false;
      key.remove_prefix(end + kPartEnd.size());
    }
  }

  // In octets that only their kind reads; in front of a text there stands how long it is.
  bool is_in_fields(std::string_view octets) const {
    if (person_.is_in(octets)) return true;
    const auto size = static_cast<char>(canonical_.size());
    for (std::size_t at = 0; at < octets.size();) {
      const std::size_t here = find_ignoring_case(octets.substr(at), canonical_);
      if (here == std::string_view::npos) return false;
      at += here;
      if (at > 0 && octets[at - 1] == size) return true;
      ++at;
    }
    return false;
  }

  Result<std::vector<Row>> find_rows() const {
    std::vector<Row> found;
    Status scanned = rows_.scan("", "", kManyRows, [&](std::string_view key, std::string_view value) {
      if (may_be_in(key) || may_be_in(value)) found.push_back({std::string(key), std::string(value)});
      return Tree::Visit::more;
    });
    return scanned ? Result(std::move(found)) : scanned.error();
  }

  Status treat(Table table, const Row& row) {
    switch (table) {
      case Table::pending_item: return treat_pending(row);
      case Table::item: return unschedule(row);
      case Table::ban: return treat_ban(row);
      // What leads to a row goes with that.
      case Table::pending_id:
      case Table::pending_about:
      case Table::due: return {};
      default: break;
    }
    if (is_about(row.key)) {
      count(table);
      return erase(row.key);
    }
    const Result<std::string> changed = without_person(table, row.value);
    if (!changed) return changed.error();
    if (*changed == row.value) return {};
    count(table);
    return rows_.replace(row.key, *changed);
  }

  void count(Table table) {
    const std::string_view word = word_for(table);
    if (!word.empty()) ++counts_[word];
  }

  Status erase(const std::string& key) {
    Result<bool> erased = rows_.erase(key);
    return erased ? Status() : Status(erased.error());
  }

  // The same row with the same time, where it has one.
  Result<std::string> without_person(Table table, const std::string& row) const {
    switch (table) {
      case Table::roster: {
        Result<Member> member = read_member(row);
        if (!member) return member.error();
        member->display = person_.without(member->display);
        return member_row(*member);
      }
      case Table::consent: {
        Result<Consent> consent = read_consent(row);
        if (!consent) return consent.error();
        consent->from = person_.without(consent->from);
        consent->approved_by = person_.without(consent->approved_by);
        return consent_row(*consent);
      }
      default: return without_person_until(table, row);
    }
  }

  Result<std::string> without_person_until(Table table, const std::string& row) const {
    if (table != Table::bounce && table != Table::report && table != Table::trace && table != Table::receipt)
      return row;
    const Result<UnixTime> until = forget_after_of(row);
    if (!until) return until.error();
    if (table == Table::bounce) {
      Result<BounceRecord> record = read_bounce(row);
      if (!record) return record.error();
      record->text = person_.without(record->text);
      return bounce_row(*record, *until);
    }
    if (table == Table::report) {
      Result<ReportEntry> entry = read_report(row);
      if (!entry) return entry.error();
      entry->text = person_.without(entry->text);
      return report_row(*entry, *until);
    }
    if (table == Table::trace) {
      Result<TraceEvent> event = read_trace(row);
      if (!event) return event.error();
      event->text = person_.without(event->text);
      return trace_row(*event, *until);
    }
    Result<Receipt> receipt = read_receipt("", row);
    if (!receipt) return receipt.error();
    receipt->outcome = person_.without(receipt->outcome);
    return receipt_row(*receipt, *until);
  }

  // A post stays, of nobody in particular; a request of the person's goes.
  Status treat_pending(const Row& row) {
    Result<PendingItem> item = read_pending_item(row.value);
    if (!item) return item.error();
    const bool is_own = item->address == canonical_ || item->asked_by == canonical_;
    PendingItem kept = *item;
    for (std::string* who : {&kept.address, &kept.asked_by, &kept.claimed_by}) {
      if (*who == canonical_) who->clear();
    }
    kept.details = person_.details(kept);
    const bool goes = is_own && item->kind != kPendingPost;
    if (!goes && pending_item_row(kept) == pending_item_row(*item)) return {};
    count(Table::pending_item);
    Result<bool> removed = writer_.remove_pending(item->list, item->id);
    if (!removed) return removed.error();
    return goes ? Status() : writer_.put_pending(kept);
  }

  Status unschedule(const Row& row) {
    std::string_view rest = std::string_view(row.key).substr(1);
    const std::optional<std::string> list = take_text(rest);
    const std::optional<std::string> kind = list ? take_text(rest) : std::nullopt;
    const std::optional<std::string> id = kind ? take_text(rest) : std::nullopt;
    if (!id) return malformed_key();
    if (!is_about(row.key) && !is_in_fields(row.value)) return {};
    count(Table::item);
    Result<bool> done = writer_.unschedule(*kind, *list, *id);
    return done ? Status() : Status(done.error());
  }

  Status treat_ban(const Row& row) {
    std::string_view rest = std::string_view(row.key).substr(1);
    const std::optional<std::string> list = take_text(rest);
    Result<Ban> ban = read_ban(row.value);
    if (!list || !ban) return list ? Status(ban.error()) : Status(malformed_key());
    const Ban before = *ban;
    ban->by = person_.without(ban->by);
    if (ban->pattern == canonical_) ban->pattern = person_.ban;
    if (ban->pattern == before.pattern && ban->by == before.by) return {};
    count(Table::ban);
    if (Status erased = erase(row.key); !erased) return erased;
    Result<bool> added = writer_.add_ban(*list, *ban);
    return added ? Status() : Status(added.error());
  }

  Writer& writer_;
  Tree& rows_;
  const Erasure& person_;
  std::string canonical_;
  std::string place_;  // as it stands in keys
  ErasedRows counts_;
};

Result<ErasedRows> Writer::erase_person(const Erasure& person) {
  Eraser eraser(*this, person);
  Status done = eraser.run();
  if (done) return eraser.take_counts();
  tables_->rows().break_off();
  return done.error();
}

}  // namespace majlis::store
