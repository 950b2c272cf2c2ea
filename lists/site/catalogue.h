#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "lists/site/config/list_config.h"
#include "lists/site/list.h"
#include "lists/site/list_name.h"
#include "lists/site/site.h"

namespace majlis::lists {

// To whom LISTS shows a list: what its settings advertise and noadvertise come to.
enum class Visibility {
  everyone,
  members,   // nobody else
  patterns,  // the configuration has to be asked about each requester
};
Visibility visibility_of(const ListConfig& config);

struct Listing {
  std::string_view address;  // of the list, its key everywhere
  Visibility visibility;
  std::string_view description;  // one line
};

// Every list of the site out of one file, lists/.catalogue, so that LISTS need not read every configuration. Only
// derived data: losing the file loses nothing.
class Catalogue {
 public:
  // Without a usable file: out of the configurations. A list whose configuration cannot be read is left out.
  static Result<Catalogue> read(const Site& site);

  // Sorted by name, then domain; good as long as the catalogue.
  const std::vector<Listing>& listings() const { return listings_; }

 private:
  explicit Catalogue(std::string text);
  std::unique_ptr<const std::string> text_;
  std::vector<Listing> listings_;
};

// Whoever wants to know which configurations came or changed. Both may be empty.
struct ChangedLists {
  std::function<void(const List&)> found;  // each of them
  std::function<Status()> heed;            // when all were found
};

// Writes the file anew when a configuration has come, gone or changed since (by modification time, size and inode): a
// change by hand shows with the next run of majlis-flush. `changed` is asked first, without a lock; as long as
// it fails the file stays as it is, so that the same is new the next time.
Status refresh_catalogue(const Site& site, const ChangedLists& changed = {});
// The same for one list that was made, changed or removed a moment ago; costs the reading of the file, not a look at
// every list. It is new to the next full refresh all the same.
Status refresh_catalogue(const Site& site, const ListName& name);

// Below the site; removing it makes the next reader look at the configurations themselves.
constexpr const char* kCatalogueFile = "lists/.catalogue";

}  // namespace majlis::lists
