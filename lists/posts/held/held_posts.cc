#include "lists/posts/held/held_posts.h"

#include "base/file.h"
#include "base/text.h"
#include "lists/posts/held/moderation.h"
#include "store/database.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kPostsPerPage = 1000;
constexpr std::size_t kMaxMessageOctets = 1024 * 1024 * 1024;

HeldPostView view_of(store::HeldPost post) {
  return {.id = std::move(post.id),
          .sender = std::move(post.sender),
          .subject = std::move(post.subject),
          .message_id = std::move(post.message_id),
          .rule = std::move(post.rule),
          .reason = std::move(post.reason),
          .size_octets = post.size_octets,
          .held = post.held,
          .expires = post.expires};
}

Result<bool> is_held(const Site& site, const List& list, const std::string& id) {
  Result<std::unique_ptr<store::Reader>> reader = site.open_reader();
  if (!reader) return reader.error();
  Result<std::optional<store::HeldPost>> post = (*reader)->find_held(list.address(), id);
  if (!post) return post.error();
  return post->has_value();
}

}  // namespace

Result<std::vector<HeldPostView>> held_posts_page(const Site& site, const List& list, const std::string& behind) {
  Result<std::unique_ptr<store::Reader>> reader = site.open_reader();
  if (!reader) return reader.error();
  store::HeldPost last;
  last.list = list.address();
  last.id = behind;
  Result<std::vector<store::HeldPost>> posts =
      (*reader)->held_posts(list.address(), kPostsPerPage, behind.empty() ? nullptr : &last);
  if (!posts) return posts.error();
  std::vector<HeldPostView> page;
  page.reserve(posts->size());
  for (store::HeldPost& post : *posts) page.push_back(view_of(std::move(post)));
  return page;
}

Result<std::string> held_message(const Site& site, const List& list, const std::string& id) {
  Result<bool> is_there = is_held(site, list, id);
  if (!is_there) return is_there.error();
  if (!*is_there) return Error{ErrorKind::missing, "no held post '" + printable(id, 80) + "'"};
  return read_file(site.directory() + "/" + held_file(list, id), kMaxMessageOctets);
}

}  // namespace majlis::lists
