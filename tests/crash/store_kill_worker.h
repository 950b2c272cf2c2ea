#pragma once

#include <cstdint>
#include <string>

#include "mail/address.h"

// What the worker processes of store_kill do, and the lines by which they acknowledge it.
namespace majlis::store_kill {

constexpr int kLists = 3;
constexpr int kPatienceMs = 60'000;
constexpr int kImportRows = 1'500;  // enough for the store to treat the next transaction as a bulk one

std::string list_name(int number);
// Row `row` of transaction `transaction` of worker `worker`.
mail::Address address_of(int worker, int transaction, int row);
std::string fingerprint_of(int worker, int transaction);

// Lines in the ledger, each one write(2), each written after the commit that it acknowledges returned:
//   + WORKER TRANSACTION LIST ROWS    these members and their receipt are durable
//   ? WORKER TRANSACTION LIST 0       row 0 is about to be removed (written before that commit)
//   - WORKER TRANSACTION LIST 0       row 0 is durably gone
//   ! text                            something is wrong
struct Worker {
  std::string directory;
  std::string ledger;
  int number = 0;
  std::uint32_t seed = 0;
};

// 0 when it came to its end; it may be killed anywhere, by others or by itself.
int run(const Worker& worker);

}  // namespace majlis::store_kill
