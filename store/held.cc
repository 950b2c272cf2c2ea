#include "store/rows.h"
#include "store/tables.h"

// Posts that wait for a moderator.
namespace majlis::store {
namespace {

Key held_key(std::string_view list, std::string_view id) { return Key(Table::held).text(list).text(id); }

Key held_index_key(std::string_view id, std::string_view list) { return Key(Table::held_index).text(id).text(list); }

}  // namespace

Result<std::optional<HeldPost>> View::find_held(std::string_view list, std::string_view id) const {
  Result<std::optional<std::string>> row = tables_->find(held_key(list, id));
  if (!row) return row.error();
  if (!*row) return std::optional<HeldPost>();
  Result<HeldPost> post = read_held(**row);
  if (!post) return post.error();
  return std::optional<HeldPost>(std::move(*post));
}

Result<std::vector<HeldPost>> View::held_posts(std::string_view list, std::size_t max, const HeldPost* behind) const {
  Key prefix(Table::held);
  if (!list.empty()) prefix.text(list);
  std::string from = prefix.octets();
  if (behind != nullptr) from = held_key(behind->list, behind->id).octets() + '\0';
  std::vector<HeldPost> posts;
  std::optional<Error> problem;
  Status scanned = tables_->rows().scan(prefix.octets(), from, max, [&](std::string_view, std::string_view row) {
    if (posts.size() >= max) return Tree::Visit::stop;
    Result<HeldPost> post = read_held(row);
    if (!post) {
      problem = post.error();
      return Tree::Visit::stop;
    }
    posts.push_back(std::move(*post));
    return Tree::Visit::more;
  });
  if (!scanned) return scanned.error();
  if (problem) return *problem;
  return posts;
}

Result<std::vector<std::string>> View::lists_holding(std::string_view id, std::size_t max) const {
  const std::string prefix = Key(Table::held_index).text(id).octets();
  std::vector<std::string> lists;
  bool damaged = false;
  Status scanned = tables_->rows().scan(prefix, prefix, max, [&](std::string_view key, std::string_view) {
    if (lists.size() >= max) return Tree::Visit::stop;
    std::string_view rest = key.substr(prefix.size());
    std::optional<std::string> list = take_text(rest);
    damaged = !list || !rest.empty();
    if (damaged) return Tree::Visit::stop;
    lists.push_back(std::move(*list));
    return Tree::Visit::more;
  });
  if (!scanned) return scanned.error();
  if (damaged) return Error{ErrorKind::damaged, "store: read held index row: its key is malformed"};
  return lists;
}

Status Writer::put_held(const HeldPost& post) {
  Status done = tables_->replace(held_index_key(post.id, post.list), empty_row());
  return done ? tables_->replace(held_key(post.list, post.id), held_row(post)) : done;
}

Result<bool> Writer::remove_held(std::string_view list, std::string_view id) {
  Result<bool> unindexed = tables_->erase(held_index_key(id, list));
  return unindexed ? tables_->erase(held_key(list, id)) : unindexed;
}

}  // namespace majlis::store
