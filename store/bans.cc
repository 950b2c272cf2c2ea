#include "store/rows.h"
#include "store/tables.h"

// Who may neither join nor post.
namespace majlis::store {
namespace {

// Those that a list's own addresses do not find: everybody is compared with them.
bool is_pattern(std::string_view pattern) {
  return pattern.find('*') != std::string_view::npos || pattern.starts_with(kErasedBan);
}

Key bans_key(std::string_view list) { return Key(Table::ban).text(list); }

Key ban_key(std::string_view list, std::string_view pattern) {
  return bans_key(list).number(is_pattern(pattern) ? 1 : 0).text(pattern);
}

}  // namespace

Result<std::optional<Ban>> View::find_ban(std::string_view list, std::string_view pattern) const {
  Result<std::optional<std::string>> row = tables_->find(ban_key(list, pattern));
  if (!row) return row.error();
  if (!*row) return std::optional<Ban>();
  Result<Ban> ban = read_ban(**row);
  return ban ? Result(std::optional<Ban>(std::move(*ban))) : ban.error();
}

Result<std::vector<Ban>> View::bans(std::string_view list, Bans which, std::size_t max) const {
  const std::string all = bans_key(list).octets();
  const std::string prefix = which == Bans::all ? all : bans_key(list).number(1).octets();
  std::vector<Ban> bans;
  std::optional<Error> problem;
  // Most lists have none, or a few: small reads.
  constexpr std::size_t kUsualBans = 16;
  Status scanned = tables_->rows().scan(prefix, prefix, kUsualBans, [&](std::string_view, std::string_view row) {
    if (bans.size() >= max) return Tree::Visit::stop;
    Result<Ban> ban = read_ban(row);
    if (!ban) {
      problem = ban.error();
      return Tree::Visit::stop;
    }
    bans.push_back(std::move(*ban));
    return Tree::Visit::more;
  });
  if (!scanned) return scanned.error();
  if (problem) return *problem;
  return bans;
}

Result<bool> Writer::add_ban(std::string_view list, const Ban& ban) {
  return tables_->insert(ban_key(list, ban.pattern), ban_row(ban));
}

Result<bool> Writer::remove_ban(std::string_view list, std::string_view pattern) {
  return tables_->erase(ban_key(list, pattern));
}

}  // namespace majlis::store
