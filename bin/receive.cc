#include "bin/receive.h"

#include <unistd.h>

#include <array>
#include <optional>

#include "base/file.h"
#include "base/log.h"
#include "base/process.h"
#include "base/text.h"
#include "commands/owner_mail.h"
#include "commands/session.h"
#include "lists/effects/forward.h"
#include "lists/effects/mta_probe.h"
#include "lists/members/bounces/bounces.h"
#include "lists/posts/digests/digest_queue.h"
#include "lists/posts/post.h"
#include "lists/site/directory.h"
#include "mail/client_network.h"
#include "mail/scan/structure_reading.h"

namespace majlis::bin {
namespace {

using lists::Role;

constexpr std::string_view kHelp =
    "usage: majlis-receive [--site DIR] --recipient ADDRESS [--sender ADDRESS] [--client IP] < message\n"
    "Takes one message from the MTA. See majlis-receive(8).\n";

constexpr std::string_view kVersion = "majlis-receive " MAJLIS_VERSION "\n";

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
    RoleHandler{Role::owner, commands::receive_owner_mail},
    RoleHandler{Role::approval, lists::forward_to_role},
    RoleHandler{Role::bounces, lists::receive_returned},
    RoleHandler{Role::site_owner, lists::forward_to_role},
};

Result<lists::Outcome> handle(const lists::Site& site, const lists::Destination& destination,
                              const lists::Arrival& arrival) {
  if (destination.role == Role::majordomo) {
    Result<std::optional<lists::Outcome>> probe = lists::receive_probe(site, arrival);
    if (!probe) return probe.error();
    if (*probe) return std::move(**probe);
  }
  for (const RoleHandler& row : kHandlers) {
    if (row.role == destination.role) return row.handler(site, destination, arrival);
  }
  return Error{ErrorKind::again, "bin: receive: an address without a handler"};
}

struct Recipient {
  mail::Address address;
  lists::Destination destination;
};

// The address as it was written, else what the MTA made of it.
std::optional<Recipient> find_recipient(const lists::Site& site, const ReceiveOptions& options) {
  for (const std::string& written : {options.recipient, options.rewritten_recipient}) {
    auto address = mail::Address::parse(written);
    auto destination = address ? lists::find_destination(site, *address) : std::nullopt;
    if (destination) return Recipient{std::move(*address), std::move(*destination)};
  }
  return std::nullopt;
}

// By spelling alone.
bool may_be_a_post(const ReceiveOptions& options) {
  for (const std::string& written : {options.recipient, options.rewritten_recipient}) {
    const auto address = mail::Address::parse(written);
    if (address && lists::may_take_posts(*address)) return true;
  }
  return false;
}

// Where there is an alias owner-LIST beside LIST, local(8) calls it the sender of whatever is mailed to LIST, at a
// domain of its own choice: who sent it is not told then.
bool is_owner_alias(const mail::ReturnPath& sender, const mail::Address& recipient) {
  const std::string& local = recipient.local();
  return sender.address() &&
         equals_ignoring_case(sender.address()->local(), "owner-" + local.substr(0, local.find('+')));
}

// What the MTA said in words, else in the lines it put in front; a caller that says nothing, or what is no address of
// ours ("ann", "ann@[192.0.2.1]"), leaves the author.
mail::ReturnPath envelope_sender(const ReceiveOptions& options, const mail::Message& message,
                                 const mail::Address& recipient) {
  const std::optional<std::string> path = options.sender ? options.sender : message.return_path();
  mail::ReturnPath sender = path ? mail::ReturnPath::parse(*path) : mail::ReturnPath::unreadable();
  if (is_owner_alias(sender, recipient)) sender = mail::ReturnPath::unreadable();
  if (!sender.is_unreadable()) return sender;
  const auto author = message.author();
  return author ? mail::ReturnPath::parse(author->address.text()) : sender;
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
  if (options.wants_help || options.wants_version) {
    return write_all(STDOUT_FILENO, options.wants_help ? kHelp : kVersion, "standard output").ok() ? kDone : kTryAgain;
  }
  open_log("majlis-receive");
  Status settled = settle_in(site_directory);
  if (settled) settled = auth::start_crypto();
  // Before the site's secrets and the list's are loaded, and before the message is read.
  if (settled && may_be_a_post(options)) settled = mail::prepare_structure_child();
  if (!settled) return give_up(options.recipient, settled.error());
  Result<lists::Site> site = lists::Site::open(site_directory);
  if (!site) return give_up(options.recipient, site.error());
  open_log("majlis-receive", site->log_file());
  if (options.is_wrong_use || options.recipient.empty()) return wrong_use();

  const std::optional<Recipient> recipient = find_recipient(*site, options);
  if (!recipient) {
    log(Severity::warning, LogLine("receive")
                               .with("to", lists::without_tag(options.recipient))
                               .with("why", "no such list or address here"));
    return kNoSuchList;
  }
  const auto max_octets = static_cast<std::size_t>(site->config().max_message_octets);
  Result<std::string> bytes = read_all(input_fd, max_octets, "message");
  if (!bytes) return give_up(options.recipient, bytes.error());

  // No message has any (RFC 5322 3.5): what stands behind one is seen by some readers and not by others.
  std::erase(*bytes, '\0');
  mail::Message message = mail::Message::open(std::move(*bytes));
  const mail::ReturnPath sender = envelope_sender(options, message, recipient->address);
  const lists::Arrival arrival{std::move(message), recipient->address, sender, wall_clock_now(),
                               mail::client_network(options.client)};
  Result<lists::Outcome> outcome = handle(*site, recipient->destination, arrival);
  return outcome ? kDone : give_up(options.recipient, outcome.error());
}

}  // namespace majlis::bin
