#include <algorithm>

#include "base/text.h"
#include "commands/reading/number_ranges.h"
#include "commands/verbs/files.h"
#include "commands/verbs/verbs.h"
#include "commands/verbs/visible.h"
#include "lists/effects/letters.h"
#include "lists/posts/archive/archive_index.h"
#include "lists/posts/archive/archive_order.h"

namespace majlis::commands {
namespace {

using lists::ArchivedPost;
using lists::ArchiveOrder;

constexpr std::size_t kMaxPostsAtOnce = 50;

std::vector<std::string> words_of(const std::vector<ArchivedPost>& posts) {
  std::vector<std::string> words;
  for (const ArchivedPost& post : posts) words.push_back(std::to_string(post.number));
  return words;
}

std::string numbers_of(const std::vector<ArchivedPost>& posts) {
  return text_of(parse_number_ranges(words_of(posts)).value_or(NumberRanges()));
}

void send_posts(Desk& desk, const lists::List& list, const std::vector<ArchivedPost>& posts,
                std::vector<std::string> messages) {
  std::string shown;
  lists::Correspondence letter;
  for (std::size_t i = 0; i < posts.size(); ++i) {
    const std::string number = std::to_string(posts[i].number);
    shown += (i == 0 ? "    " : "\n    ") + number + "  " + posts[i].subject;
    letter.attachments.push_back(
        {"message/rfc822", list.name().name() + "-" + number + ".eml", std::move(messages[i])});
  }
  letter.text_name = "posts";
  letter.values = {
      {"posts", shown}, {"numbers", numbers_of(posts)}, {"service", std::string(desk.tongue().dialect->title)}};
  letter.to = {desk.requester()};
  letter.reply_to = desk.server();
  lists::send_letter(desk.work(), list, letter);
}

void say_left(Desk& desk, const lists::List& list, const NumberRanges& left) {
  if (left.empty()) return;
  desk.say(Reply::getpost_left,
           {{"getpost", desk.word_of(Verb::getpost)}, {"list", list.name().name()}, {"left", text_of(left)}});
}

// Of `posts` those that go into one letter; a post that no letter takes is told.
std::vector<ArchivedPost> fitting(Desk& desk, const Request& request, std::vector<ArchivedPost> posts,
                                  NumberRanges& left) {
  const std::uint64_t limit = max_file_octets(desk);
  std::uint64_t octets = 0;
  std::vector<ArchivedPost> chosen;
  std::vector<ArchivedPost> others;
  for (ArchivedPost& post : posts) {
    if (post.octets > limit) {
      desk.say(Reply::getpost_too_large, {{"command", request.word},
                                          {"number", std::to_string(post.number)},
                                          {"octets", std::to_string(post.octets)},
                                          {"limit", std::to_string(limit)}});
    } else if (!others.empty() || octets + post.octets > limit) {
      others.push_back(std::move(post));
    } else {
      octets += post.octets;
      chosen.push_back(std::move(post));
    }
  }
  NumberRanges first = parse_number_ranges(words_of(others)).value_or(NumberRanges());
  left.insert(left.begin(), first.begin(), first.end());
  return chosen;
}

Status send_numbered(Desk& desk, const Request& request, const lists::List& list, const ArchiveOrder& order,
                     NumberRanges wanted) {
  Result<std::vector<ArchivedPost>> found = lists::find_archived(list, order, take_numbers(wanted, kMaxPostsAtOnce));
  if (!found && found.error().kind == ErrorKind::again) return found.error();
  if (!found) {
    desk.say(Reply::archive_not_indexed, {{"list", list.name().name()}});
    return {};
  }
  std::vector<ArchivedPost> posts = fitting(desk, request, std::move(*found), wanted);
  std::uint64_t octets = 0;
  for (const ArchivedPost& post : posts) octets += post.octets;
  if (posts.empty()) return {};
  Result<std::optional<Reply>> why_not = why_not_sent(desk, list, octets);
  if (!why_not) return why_not.error();
  if (*why_not) {
    desk.say(**why_not, {{"command", request.word}});
    return {};
  }
  std::vector<ArchivedPost> read;
  std::vector<std::string> messages;
  for (ArchivedPost& post : posts) {
    Result<std::string> message = lists::read_archived_post(list, post, max_file_octets(desk));
    if (!message && message.error().kind == ErrorKind::again) return message.error();
    if (!message) {
      desk.say(Reply::post_unreadable, {{"command", request.word}, {"number", std::to_string(post.number)}});
      continue;
    }
    messages.push_back(std::move(*message));
    read.push_back(std::move(post));
  }
  if (!read.empty()) {
    send_posts(desk, list, read, std::move(messages));
    desk.say(Reply::getpost_sent,
             {{"count", std::to_string(read.size())}, {"list", list.name().name()}, {"numbers", numbers_of(read)}});
  }
  say_left(desk, list, wanted);
  return {};
}

// What is not there is told; `wanted` keeps the rest.
Status drop_unknown(Desk& desk, const Request& request, const lists::List& list, const ArchiveOrder& order,
                    NumberRanges& wanted) {
  if (wanted.empty() || wanted.back().last <= order.posts) return {};
  const auto first =
      std::find_if(wanted.begin(), wanted.end(), [&](const NumberRange& range) { return range.last > order.posts; });
  const std::uint64_t unknown = std::max(first->first, order.posts + 1);
  while (!wanted.empty() && wanted.back().first > order.posts) wanted.pop_back();
  if (!wanted.empty()) wanted.back().last = std::min(wanted.back().last, order.posts);
  if (order.incomplete.empty()) {
    desk.say(Reply::post_unknown, {{"command", request.word},
                                   {"number", std::to_string(unknown)},
                                   {"list", list.name().name()},
                                   {"count", std::to_string(order.posts)}});
    return {};
  }
  desk.say(Reply::archive_not_indexed, {{"list", list.name().name()}});
  return lists::schedule_archive_index(desk.work(), list, order.incomplete);
}

}  // namespace

// getpost LIST NUMBER...: posts of the archive, as they were sent.
Status get_posts(Desk& desk, const Request& request) {
  Result<Target> target = desk.find_target(request);
  if (!target) return target.error();
  if (target->list == nullptr) return {};
  const lists::List& list = *target->list;
  std::optional<NumberRanges> wanted = parse_number_ranges(target->rest);
  if (!wanted || wanted->empty()) {
    desk.say(Reply::posts_needed, {{"command", request.word}, {"list", list.name().name()}});
    return {};
  }
  Result<bool> allowed = may_see_or_refuse(desk, request, list, lists::Setting::get_access, Reply::posts_are_private);
  if (!allowed || !*allowed) return allowed ? Status() : allowed.error();
  Result<ArchiveOrder> order = lists::archive_order(desk.work().state(), list);
  if (!order) return order.error();
  if (order->posts == 0 && order->incomplete.empty()) {
    say_no_archive(desk, list);
    return {};
  }
  Status told = drop_unknown(desk, request, list, *order, *wanted);
  if (!told || wanted->empty()) return told;
  return send_numbered(desk, request, list, *order, std::move(*wanted));
}

}  // namespace majlis::commands
