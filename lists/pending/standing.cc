#include "lists/pending/standing.h"

#include "base/file.h"
#include "lists/effects/bans.h"
#include "lists/effects/list_change.h"
#include "lists/posts/digests/poster.h"
#include "lists/posts/rules/rules.h"
#include "lists/site/config/config_text.h"

namespace majlis::lists {
namespace {

// The list's own file as it will be when the work is done.
Result<std::string> config_text(Work& work, const List& list) {
  if (Status published = work.publish_leftovers(); !published) return published.error();
  if (const std::string* pending = work.pending_file(list.file("config"))) return *pending;
  return read_file(list.directory() + "/config", kMaxConfigOctets);
}

Status accept_stranger(Work& work, const List& list, const mail::Address& address) {
  Result<std::string> text = config_text(work, list);
  if (!text) return text.error();
  ListConfig::Parsed parsed = ListConfig::parse(*text);
  if (!parsed.problems.empty()) {
    return Error{ErrorKind::misconfigured, "lists: " + list.address() + ": " + parsed.problems.front().what};
  }
  std::string lines = parsed.config.text(Setting::accept_these_nonmembers);
  if (action_if_stranger(parsed.config, address) == Action::accept) return {};
  lines += (lines.empty() ? "" : "\n") + address.canonical();
  Status set = parsed.config.set(Setting::accept_these_nonmembers, lines);
  if (!set) return set;
  List changed = list;
  std::string written = parsed.config.write_into(*text);
  return put_config(work, changed, std::move(parsed.config), std::move(written));
}

Status trust(Work& work, const List& list, const mail::Address& address) {
  Result<std::optional<Poster>> poster = find_poster(work, list, address);
  if (!poster) return poster.error();
  if (!*poster) return accept_stranger(work, list, address);
  const auto& [where, member] = **poster;
  Result<bool> changed =
      work.state().set_member_flags(where, member.address, member.flags & ~std::uint32_t{store::kMemberModerated});
  if (!changed) return changed.error();
  const auto enough = static_cast<std::uint64_t>(spec_of(Setting::moderate_first).maximum);
  return work.state().set_accepted_posts(where, member.address, enough);
}

Status ban(Work& work, const List& list, const mail::Address& address, const std::string& by) {
  Result<BanAdded> added = add_ban(work.state(), list.address(), {address.canonical(), work.now(), by});
  if (!added) return added.error();
  if (*added != BanAdded::no_room) return {};
  return Error{ErrorKind::refused, "lists: " + list.address() + " has as many bans as it may"};
}

}  // namespace

Status change_standing(Work& work, const List& list, const store::PendingItem& item, const Ruling& ruling) {
  const auto address = mail::Address::parse(item.address);
  if (ruling.standing == Standing::as_before || !address) return {};
  const bool is_trusted = ruling.standing == Standing::trusted;
  Status done = is_trusted ? trust(work, list, *address) : ban(work, list, *address, ruling.by);
  if (!done) return done;
  work.note(item.address, std::string(is_trusted ? "trust" : "ban") + " list=" + item.list + by_words(ruling.by));
  work.log_when_done(LogLine("standing")
                         .with("list", item.list)
                         .with("address", item.address)
                         .with("verdict", is_trusted ? "trust" : "ban")
                         .with("by", ruling.by));
  return {};
}

}  // namespace majlis::lists
