// pass_time DB SECONDS: every item of the due table becomes due so much earlier, as if so much time had passed.

#include <cstdio>
#include <string>

#include "base/text.h"
#include "store/database.h"

namespace majlis {
namespace {

constexpr int kPatience_ms = 10'000;
constexpr std::size_t kMaxItems = 100'000;

Status pass(const std::string& database, UnixTime seconds) {
  Result<std::unique_ptr<store::Writer>> state = store::Writer::open(database, kPatience_ms);
  if (!state) return state.error();
  Result<std::vector<store::DueItem>> items = (*state)->scheduled_items(nullptr, kMaxItems);
  if (!items) return items.error();
  for (store::DueItem& item : *items) {
    item.due -= seconds;
    Result<bool> moved = (*state)->move_item(item, item.scheduled);
    if (!moved) return moved.error();
  }
  return items->empty() ? Status() : (*state)->commit();
}

}  // namespace
}  // namespace majlis

int main(int argc, char** argv) {
  const auto seconds = argc == 3 ? majlis::parse_number(argv[2]) : std::nullopt;
  if (!seconds) return 64;
  const majlis::Status passed = majlis::pass(argv[1], static_cast<majlis::UnixTime>(*seconds));
  if (!passed) std::fprintf(stderr, "pass_time: %s\n", passed.error().what.c_str());
  return passed ? 0 : 1;
}
