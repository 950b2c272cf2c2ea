#include "lists/upkeep/person_files.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <vector>

#include "base/file.h"
#include "base/text.h"
#include "lists/upkeep/inventory.h"
#include "mail/address_search.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kChunk = 256 * 1024;
constexpr std::size_t kLongestLine = 1024 * 1024;  // a longer one is taken in pieces
constexpr std::size_t kShownAround = 200;
constexpr std::string_view kMbox = ".mbox";
constexpr std::string_view kNewMessage = "From ";

bool is_of_database(std::string_view path) {
  return path == "db" || path.find("/archive/search.db") != std::string_view::npos;
}

// The lines of one file, as they come.
class FileSearch {
 public:
  FileSearch(std::string file, const mail::Address& address, const std::function<void(const PlaceInFile&)>& take)
      : place_{std::move(file), {}, {}, {}}, addresses_{address}, take_(&take) {
    is_mbox_ = place_.file.ends_with(kMbox);
  }

  void line(std::string_view text) {
    if (is_mbox_) note_message(text);
    if (is_told_) return;
    const std::vector<mail::TextRange> found = mail::find_addresses(text, addresses_);
    if (found.empty()) return;
    const std::size_t begin = found.front().begin > kShownAround ? found.front().begin - kShownAround : 0;
    place_.line = trim(text.substr(begin, found.front().end - begin + kShownAround));
    if (is_mbox_) {
      is_told_ = true;
      is_waiting_ = is_in_head_;
      if (is_waiting_) return;
    }
    (*take_)(place_);
  }
  void end() {
    if (is_waiting_) (*take_)(place_);
    is_waiting_ = false;
  }

 private:
  // The Message-ID may stand behind the field that has the address: so the head is read to its end first.
  void note_message(std::string_view text) {
    if (text.starts_with(kNewMessage)) {
      end();
      is_told_ = false;
      is_in_head_ = true;
      place_.message_id.clear();
      place_.subject.clear();
    } else if (is_in_head_ && trim(text).empty()) {
      end();
      is_in_head_ = false;
    }
    if (!is_in_head_) return;
    if (starts_with_ignoring_case(text, "message-id:")) place_.message_id = trim(text.substr(text.find(':') + 1));
    if (starts_with_ignoring_case(text, "subject:")) place_.subject = trim(text.substr(text.find(':') + 1));
  }

  PlaceInFile place_;
  std::array<mail::Address, 1> addresses_;
  const std::function<void(const PlaceInFile&)>* take_;
  bool is_mbox_ = false;
  bool is_in_head_ = false;
  bool is_told_ = false;     // of this message
  bool is_waiting_ = false;  // for the end of its head
};

// Takes whole lines off the front of `rest`; of one that is too long a piece.
void take_lines(std::string& rest, FileSearch& search) {
  std::size_t begin = 0;
  for (;;) {
    std::size_t end = rest.find('\n', begin);
    if (end == std::string::npos && rest.size() - begin < kLongestLine) break;
    end = std::min(end, rest.size());
    search.line(std::string_view(rest).substr(begin, end - begin));
    begin = std::min(end + 1, rest.size());
  }
  rest.erase(0, begin);
}

Status search_file(const std::string& path, FileSearch search) {
  const Result<UniqueFd> fd = open_file(path, O_RDONLY);
  if (!fd && fd.error().kind == ErrorKind::missing) return {};
  if (!fd) return fd.error();
  std::vector<char> chunk(kChunk);
  std::string rest;
  for (;;) {
    const ssize_t got = read(fd->get(), chunk.data(), chunk.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return error_from_errno("lists: read " + path, errno);
    if (got == 0) break;
    rest.append(chunk.data(), static_cast<std::size_t>(got));
    take_lines(rest, search);
  }
  search.line(rest);
  search.end();
  return {};
}

}  // namespace

Status visit_places(const Site& site, const mail::Address& address,
                    const std::function<void(const PlaceInFile&)>& take) {
  const std::string& top = site.directory();
  const Result<Inventory> found = take_inventory(top, is_of_database);
  if (!found) return found.error();
  for (const std::string& path : found->files) {
    Status done = search_file(top + "/" + path, FileSearch(path, address, take));
    if (!done) return done;
  }
  const std::string log = site.log_file();
  if (log.empty() || log.starts_with(top + "/")) return {};
  return search_file(log, FileSearch(log, address, take));
}

}  // namespace majlis::lists
