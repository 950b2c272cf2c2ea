#include "bin/receive.h"

#include <unistd.h>

#include <array>
#include <optional>

#include "base/file.h"
#include "base/log.h"
#include "base/process.h"
#include "base/text.h"
#include "commands/session.h"
#include "lists/effects/forward.h"
#include "lists/members/bounces/bounces.h"
#include "lists/posts/digests/digest_queue.h"
#include "lists/posts/post.h"
#include "lists/site/directory.h"
#include "mail/scan/structure_reading.h"

namespace majlis::bin {
namespace {

using lists::Role;

constexpr std::string_view kHelp =
    "usage: majlis-receive [--site DIR] --recipient ADDRESS [--sender ADDRESS] < message\n"
    "Takes one message from the MTA. See majlis-receive(8).\n";

Result<lists::Outcome> receive_post(const lists::Site& site, const lists::Destination& destination,
                                    const lists::Arrival& arrival) {
  Result<lists::List> list = lists::List::open(site, *destination.list);
  if (!list) return list.error();
  // Nobody posts to a list of digests: it is the other list that is meant.
  Result<std::optional<lists::List>> parent = lists::parent_of(site, *list);
  if (!parent) return parent.error();
  return lists::receive_post(site, *parent ? **parent : *list, arrival);
}

using Handler = Result<lists::Outcome> (*)(const lists::Site&, const lists::Destination&, const lists::Arrival&);

struct RoleHandler {
  Role role;
  Handler handler;
};

constexpr std::array kHandlers = {
    RoleHandler{Role::post, receive_post},
    RoleHandler{Role::request, commands::run_commands},
    RoleHandler{Role::subscribe, commands::run_commands},
    RoleHandler{Role::unsubscribe, commands::run_commands},
    RoleHandler{Role::confirm, commands::run_commands},
    RoleHandler{Role::majordomo, commands::run_commands},
    RoleHandler{Role::listserv, commands::run_commands},
    RoleHandler{Role::mailman, commands::run_commands},
    RoleHandler{Role::owner, lists::receive_returned},
    RoleHandler{Role::approval, lists::forward_to_role},
    RoleHandler{Role::bounces, lists::receive_returned},
    RoleHandler{Role::site_owner, lists::forward_to_role},
};

Result<lists::Outcome> handle(const lists::Site& site, const lists::Destination& destination,
                              const lists::Arrival& arrival) {
  for (const RoleHandler& row : kHandlers) {
    if (row.role == destination.role) return row.handler(site, destination, arrival);
  }
  return Error{ErrorKind::again, "bin: receive: an address without a handler"};
}

// What the MTA said in words, else in the lines it put in front; a caller that says nothing, or what is no address of
// ours ("ann", "ann@[192.0.2.1]"), leaves the author: only an empty path is the null sender.
std::optional<mail::Address> envelope_sender(const ReceiveOptions& options, const mail::Message& message) {
  const std::optional<std::string> path = options.sender ? options.sender : message.return_path();
  if (path) {
    std::optional<mail::Address> sender = mail::parse_envelope_sender(*path);
    if (sender || trim(*path).empty() || trim(*path) == "<>") return sender;
  }
  const auto author = message.author();
  return author ? std::optional<mail::Address>(author->address) : std::nullopt;
}

ExitStatus give_up(std::string_view recipient, const Error& error) {
  const ExitStatus status = exit_status_for(error);
  log(Severity::error,
      LogLine("receive").with("to", lists::without_tag(recipient)).with(error).with("exit", std::int64_t{status}));
  return status;
}

ExitStatus wrong_use() {
  log(Severity::error,
      LogLine("receive").with("why", "wrong use: --recipient ADDRESS is needed; see majlis-receive(8)"));
  // The alias is wrong, not the mail: keep it until somebody mends the line.
  return kTryAgain;
}

}  // namespace

ExitStatus receive(const std::string& site_directory, const ReceiveOptions& options, int input_fd) {
  if (options.wants_help) {
    return write_all(STDOUT_FILENO, kHelp, "standard output").ok() ? kDone : kTryAgain;
  }
  open_log("majlis-receive");
  Status settled = settle_in(site_directory);
  if (settled) settled = auth::start_crypto();
  const auto recipient = mail::Address::parse(options.recipient);
  // Before the site's secrets and the list's are loaded, and before the message is read.
  if (settled && recipient && lists::may_take_posts(*recipient)) settled = mail::prepare_structure_child();
  if (!settled) return give_up(options.recipient, settled.error());
  Result<lists::Site> site = lists::Site::open(site_directory);
  if (!site) return give_up(options.recipient, site.error());
  open_log("majlis-receive", site->config().log_file);
  if (options.is_wrong_use || options.recipient.empty()) return wrong_use();

  const auto destination = recipient ? lists::find_destination(*site, *recipient) : std::nullopt;
  if (!destination) {
    log(Severity::warning, LogLine("receive")
                               .with("to", lists::without_tag(options.recipient))
                               .with("why", "no such list or address here"));
    return kNoSuchList;
  }
  const auto max_octets = static_cast<std::size_t>(site->config().max_message_octets);
  Result<std::string> bytes = read_all(input_fd, max_octets, "message");
  if (!bytes) return give_up(options.recipient, bytes.error());

  mail::Message message = mail::Message::open(std::move(*bytes));
  const std::optional<mail::Address> sender = envelope_sender(options, message);
  const lists::Arrival arrival{std::move(message), *recipient, sender, wall_clock_now()};
  Result<lists::Outcome> outcome = handle(*site, *destination, arrival);
  return outcome ? kDone : give_up(options.recipient, outcome.error());
}

}  // namespace majlis::bin
