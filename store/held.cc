#include "store/rows.h"
#include "store/tables.h"

// Posts that wait for a moderator.
namespace majlis::store {
namespace {

Key held_key(std::string_view list, std::string_view id) { return Key(Table::held).text(list).text(id); }

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

Status Writer::put_held(const HeldPost& post) { return tables_->replace(held_key(post.list, post.id), held_row(post)); }

Result<bool> Writer::remove_held(std::string_view list, std::string_view id) {
  return tables_->erase(held_key(list, id));
}

}  // namespace majlis::store
