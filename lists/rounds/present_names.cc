#include "lists/rounds/present_names.h"

#include "base/log.h"

namespace majlis::lists {
namespace {

// "cooks-bounces@d" of the list that is called bakers@e now is "bakers-bounces@e". Other addresses stay.
std::string role_anew(const std::string& address, const std::string& from, const std::string& to) {
  const std::string name = from.substr(0, from.find('@'));
  const std::size_t at = address.rfind('@');
  const std::string_view local = std::string_view(address).substr(0, at);
  const bool is_of_list = at != std::string::npos && address.substr(at) == from.substr(name.size()) &&
                          (local.starts_with(name + "-") || local == name);
  if (!is_of_list) return address;
  return to.substr(0, to.find('@')) + std::string(local.substr(name.size())) + to.substr(to.find('@'));
}

}  // namespace

void PresentNames::put_into(spool::Job& job) {
  if (const std::string mark = mark_of_renames(site_->directory()); mark != mark_) {
    Result<std::vector<Rename>> read = read_renames(site_->directory());
    if (!read) return log(Severity::warning, LogLine("renames").with(read.error()));
    renames_ = std::move(*read);
    mark_ = mark;
  }
  const std::string former = job.list;
  const std::string present = present_name(renames_, former, job.roster ? job.roster->as_of : 0, job.created);
  if (present == former) return;
  job.list = present;
  job.sender = role_anew(job.sender, former, present);
  if (job.roster) job.roster->list = present;
}

}  // namespace majlis::lists
