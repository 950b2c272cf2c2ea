#pragma once

#include <string>
#include <vector>

#include "lists/site/renames.h"
#include "lists/site/site.h"
#include "spool/job/job.h"

namespace majlis::lists {

// Jobs say the name that their list had when they were made.
class PresentNames {
 public:
  explicit PresentNames(const Site& site) : site_(&site) {}

  // The list, whose members get it, and the return address as they are called now. Where nobody can say, they stay.
  void put_into(spool::Job& job);

 private:
  const Site* site_;
  std::string mark_;
  std::vector<Rename> renames_;
};

}  // namespace majlis::lists
