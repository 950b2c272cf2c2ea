#include "foreign/mailman/queue.h"

#include <utility>

#include "base/file.h"
#include "base/text.h"
#include "foreign/mailman/stored_message.h"
#include "foreign/python/number.h"
#include "foreign/python/pickle.h"
#include "foreign/python/text.h"
#include "foreign/source/files.h"
#include "foreign/source/person.h"

namespace majlis::foreign {
namespace {

using Items = std::span<const PythonValue>;

constexpr std::size_t kMaxQueueOctets = 64 * 1024 * 1024;
constexpr std::size_t kMaxShownOctets = 100;
constexpr std::int64_t kHeldPost = 1;
constexpr std::int64_t kSubscription = 2;
constexpr std::int64_t kUnsubscription = 3;

class Queue {
 public:
  Queue(std::string data, ForeignList& list) : data_(std::move(data)), list_(&list) {}

  void read(const std::string& path) {
    if (type_of(path) == FileType::missing) return;
    const Result<std::string> octets = read_file(path, kMaxQueueOctets);
    if (!octets) return list_->unread.push_back(octets.error());
    const Result<Pickle> pickle = read_pickle(*octets);
    if (!pickle) return list_->unread.push_back({pickle.error().kind, path + ": " + pickle.error().what});
    const Items items = pickle->value.items();
    for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
      if (items[i].as_integer()) take(*items[i].as_integer(), items[i + 1].items());
    }
  }

 private:
  void take(std::int64_t id, Items entry) {
    const std::int64_t kind = entry.empty() ? 0 : entry[0].as_integer().value_or(0);
    const std::string place = "request " + std::to_string(id);
    if (entry.size() < 2) return tell(place, "no entry that can be read");
    const Items data = entry[1].items();
    if (kind == kHeldPost && data.size() >= 5) {
      take_post(place, data);
    } else if (kind == kSubscription && data.size() >= 3) {
      take_request(Request::Kind::join, place, data[0], text(data[1]), text(data[2]));
    } else if (kind == kUnsubscription) {
      take_request(Request::Kind::leave, place, PythonValue(), text(entry[1]), "");
    } else {
      tell(place, "no entry that can be read");
    }
  }

  static std::string text(const PythonValue& value) { return utf8_of(value, "us-ascii"); }

  static UnixTime time_of(const PythonValue& value) { return whole_part(value.as_number().value_or(0)).value_or(0); }

  // Time, sender, subject, reason, file.
  void take_post(const std::string& place, Items data) {
    const std::string file = text(data[4]);
    const bool is_name = file.find('/') == std::string::npos && file.starts_with("heldmsg-");
    if (data_.empty() || !is_name || type_of(data_ + "/" + file) == FileType::missing) {
      return list_->findings.push_back({.what = "held post",
                                        .from = place,
                                        .why = "its message " + shown(file) + " is not at hand: from " +
                                               shown(text(data[1])) + ", \"" + shown(text(data[2])) + "\""});
    }
    const Result<std::string> octets = read_file(data_ + "/" + file, kMaxQueueOctets);
    if (!octets) return list_->unread.push_back(octets.error());
    Result<std::string> message = file.ends_with(".pck") ? read_stored_message(*octets) : *octets;
    if (!message)
      return list_->unread.push_back({message.error().kind, data_ + "/" + file + ": " + message.error().what});
    list_->held.push_back({.message = std::move(*message),
                           .sender = text(data[1]),
                           .subject = text(data[2]),
                           .reason = text(data[3]),
                           .since = time_of(data[0]),
                           .from = file});
  }

  static std::string shown(const std::string& text) { return printable_utf8(text, kMaxShownOctets); }

  void take_request(Request::Kind kind, const std::string& place, const PythonValue& since, const std::string& address,
                    const std::string& name) {
    list_->requests.push_back(
        {.kind = kind, .who = {.person = person_of(name, address)}, .since = time_of(since), .from = place});
  }

  void tell(const std::string& place, std::string why) {
    list_->findings.push_back({.what = place, .from = "request.pck", .why = std::move(why)});
  }

  std::string data_;
  ForeignList* list_;
};

// Every key but these two is a confirmation that somebody was asked for.
void count_open_confirmations(const std::string& path, ForeignList& list) {
  if (type_of(path) == FileType::missing) return;
  const Result<std::string> octets = read_file(path, kMaxQueueOctets);
  if (!octets) return list.unread.push_back(octets.error());
  const Result<Pickle> pickle = read_pickle(*octets);
  std::size_t count = 0;
  if (pickle) {
    const Items items = pickle->value.items();
    for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
      const auto key = items[i].as_octets();
      count += key && *key != "evictions" && *key != "version" ? 1 : 0;
    }
  }
  if (pickle && count == 0) return;
  list.findings.push_back({.what = "open confirmations",
                           .from = pickle ? std::to_string(count) : "pending.pck",
                           .why = pickle
                                      ? "whoever was asked to confirm asks again: codes of Mailman's mean nothing here"
                                      : "they cannot be counted: " + pickle.error().what});
}

}  // namespace

void read_queue(const std::string& folder, const std::string& data, ForeignList& list) {
  Queue(data, list).read(folder + "/request.pck");
  count_open_confirmations(folder + "/pending.pck", list);
}

}  // namespace majlis::foreign
