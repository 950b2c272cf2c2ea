#include "store/tables.h"

namespace majlis::store {

View::View(std::unique_ptr<Tables> tables) : tables_(std::move(tables)) {}
View::~View() = default;

Reader::~Reader() = default;
Writer::~Writer() = default;

Result<std::unique_ptr<Writer>> Writer::open(const std::string& directory, int timeout_ms, Load load) {
  Result<SiteLock> lock = SiteLock::acquire(directory, FileLock::Mode::exclusive, timeout_ms);
  if (!lock) return lock.error();
  Result<std::unique_ptr<Environment>> environment = Environment::open(std::move(*lock), load);
  if (!environment) return environment.error();
  return std::unique_ptr<Writer>(new Writer(std::make_unique<Tables>(std::move(*environment))));
}

Status Writer::commit() { return tables_->commit(); }

Status Writer::checkpoint() {
  if (tables_->has_begun()) return Error{ErrorKind::refused, "store: checkpoint: commit first"};
  return tables_->checkpoint();
}

}  // namespace majlis::store
