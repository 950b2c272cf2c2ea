#include "mail/automatic.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <vector>

#include "base/text.h"
#include "mail/robot_fields.h"

namespace majlis::mail {
namespace {

using Kind = AutomaticReason::Kind;

struct Precedence {
  std::string_view word;
  AutomaticReason reason;
};
constexpr std::array kPrecedences = {
    Precedence{"bulk", {"precedence", Kind::machine}},       Precedence{"junk", {"precedence", Kind::machine}},
    Precedence{"auto_reply", {"precedence", Kind::machine}}, Precedence{"auto-reply", {"precedence", Kind::machine}},
    Precedence{"list", {"precedence", Kind::passed_on}},
};
// Older list managers write it on what they pass on.
constexpr std::string_view kBulk = "bulk";

constexpr std::array<std::string_view, 2> kPrecedenceFields = {"Precedence", "X-Precedence"};

// What machines write to machines about mail (RFC 6522, 3464, 8098, 5965).
constexpr std::array<std::string_view, 5> kReportTypes = {
    "message/delivery-status", "message/disposition-notification", "message/global-delivery-status",
    "message/global-disposition-notification", "message/feedback-report"};

// In what people's programs call themselves.
constexpr std::array<std::string_view, 2> kProgramFields = {"X-Mailer", "User-Agent"};
constexpr std::array<std::string_view, 4> kRobotPrograms = {"autorespon", "auto-respon", "autoreply", "vacation"};

enum class Match { whole, prefix, suffix, inside };

// What an address with such a local part says as the author's, and as the return path.
struct RobotName {
  std::string_view text;
  Match match;
  AutomaticReason as_author;
  AutomaticReason as_sender;
};
constexpr AutomaticReason kRobot = {"robot", Kind::machine};
constexpr AutomaticReason kRole = {"robot", Kind::role_address};
constexpr AutomaticReason kReturnPath = {"robot", Kind::passed_on};
constexpr std::array kRobotNames = {
    RobotName{"mailer-daemon", Match::whole, kRobot, kRobot},
    RobotName{"majordomo", Match::whole, kRobot, kRobot},
    RobotName{"listserv", Match::whole, kRobot, kRobot},
    RobotName{"listproc", Match::whole, kRobot, kRobot},
    RobotName{"sympa", Match::whole, kRobot, kRobot},
    RobotName{"mailman", Match::whole, kRobot, kRobot},
    RobotName{"noreply", Match::whole, kRobot, kRobot},
    RobotName{"no-reply", Match::whole, kRobot, kRobot},
    RobotName{"no_reply", Match::whole, kRobot, kRobot},
    RobotName{"donotreply", Match::whole, kRobot, kRobot},
    RobotName{"do-not-reply", Match::whole, kRobot, kRobot},
    RobotName{"postmaster", Match::whole, kRole, kRole},
    RobotName{"owner-", Match::prefix, kRole, kReturnPath},
    RobotName{"-owner", Match::suffix, kRole, kReturnPath},
    RobotName{"-request", Match::suffix, kRobot, kReturnPath},
    RobotName{"-bounces", Match::inside, kRobot, kReturnPath},
    RobotName{"bounces+", Match::prefix, kRobot, kReturnPath},
    RobotName{"bounces-", Match::prefix, kRobot, kReturnPath},
    RobotName{"bounce+", Match::prefix, kRobot, kReturnPath},
    RobotName{"bounce-", Match::prefix, kRobot, kReturnPath},
};

constexpr std::array<std::string_view, 1> kMailSystemNames = {"mailer-daemon"};

// The strongest of what is said, and of those the first.
class Strongest {
 public:
  void consider(const std::optional<AutomaticReason>& reason) {
    if (reason && (!found_ || reason->kind < found_->kind)) found_ = reason;
  }
  const std::optional<AutomaticReason>& found() const { return found_; }

 private:
  std::optional<AutomaticReason> found_;
};

bool matches(std::string_view local, const RobotName& name) {
  switch (name.match) {
    case Match::whole: return local == name.text;
    case Match::prefix: return local.starts_with(name.text);
    case Match::suffix: return local.ends_with(name.text);
    case Match::inside: return local.find(name.text) != std::string_view::npos;
  }
  return false;
}

const RobotName* find_robot(const Address& address) {
  const std::string local = to_lower_ascii(address.local());
  const auto found =
      std::find_if(kRobotNames.begin(), kRobotNames.end(), [&](const RobotName& name) { return matches(local, name); });
  return found == kRobotNames.end() ? nullptr : &*found;
}

void consider_names(const Message& message, const ReturnPath& envelope_sender, Strongest& strongest) {
  const std::optional<Mailbox> author = message.author();
  if (author) {
    if (const RobotName* robot = find_robot(author->address)) strongest.consider(robot->as_author);
  }
  const bool is_own_path = author && envelope_sender.address() == author->address;
  if (!envelope_sender.address() || is_own_path) return;
  if (const RobotName* robot = find_robot(*envelope_sender.address())) strongest.consider(robot->as_sender);
}

bool is_mail_system(const Address& address) {
  return std::any_of(kMailSystemNames.begin(), kMailSystemNames.end(),
                     [&](std::string_view name) { return equals_ignoring_case(address.local(), name); });
}

// The first word of a field body: what stands before a parameter, a comment or a blank.
std::string first_word(std::string_view body) {
  body = trim(body);
  return to_lower_ascii(trim(body.substr(0, body.find_first_of(" \t;("))));
}

bool says_auto_submitted(const Message& message) {
  const std::vector<std::string> bodies = message.fields("Auto-Submitted");
  return std::any_of(bodies.begin(), bodies.end(), [](const std::string& body) { return first_word(body) != "no"; });
}

std::vector<std::string> bodies_of(const Message& message, std::span<const std::string_view> names) {
  std::vector<std::string> bodies;
  for (const std::string_view name : names) {
    for (std::string& body : message.fields(name)) bodies.push_back(std::move(body));
  }
  return bodies;
}

void consider_fields(const Message& message, Strongest& strongest) {
  for (const Field& field : message.scan().parts.front().fields) {
    const std::string_view body = message.bytes().substr(field.body_begin, field.body_end - field.body_begin);
    strongest.consider(reason_by_field(field.name, body));
  }
}

// Behind consider_fields().
void consider_precedence(const Message& message, Strongest& strongest) {
  const bool came_by_a_list = strongest.found() && strongest.found()->kind == Kind::passed_on;
  for (const std::string& body : bodies_of(message, kPrecedenceFields)) {
    const std::string word = first_word(body);
    if (came_by_a_list && word == kBulk) continue;
    for (const Precedence& precedence : kPrecedences) {
      if (word == precedence.word) strongest.consider(precedence.reason);
    }
  }
}

bool is_robot_program(const Message& message) {
  const std::vector<std::string> bodies = bodies_of(message, kProgramFields);
  return std::any_of(bodies.begin(), bodies.end(), [](const std::string& body) {
    return std::any_of(kRobotPrograms.begin(), kRobotPrograms.end(),
                       [&](std::string_view word) { return find_ignoring_case(body, word) != std::string_view::npos; });
  });
}

bool is_report(const Message& message) { return message.scan().parts.front().type == "multipart/report"; }

// The message itself, or a part of its own that no other part encloses.
bool has_report_part(const Message& message) {
  return std::any_of(message.scan().parts.begin(), message.scan().parts.end(), [](const Part& part) {
    return part.parent <= 0 && std::find(kReportTypes.begin(), kReportTypes.end(), part.type) != kReportTypes.end();
  });
}

enum class LeftOut { nothing, submitted, precedence };

std::optional<AutomaticReason> strongest_reason(const Message& message, const ReturnPath& envelope_sender,
                                                LeftOut left_out) {
  if (envelope_sender.is_null()) return AutomaticReason{"null-sender"};
  if (left_out != LeftOut::submitted && says_auto_submitted(message)) return AutomaticReason{"auto-submitted"};
  if (is_report(message) || has_report_part(message)) return AutomaticReason{"report"};
  Strongest strongest;
  consider_fields(message, strongest);
  if (left_out != LeftOut::precedence) consider_precedence(message, strongest);
  if (is_robot_program(message)) strongest.consider(AutomaticReason{"machine"});
  consider_names(message, envelope_sender, strongest);
  return strongest.found();
}

}  // namespace

std::optional<AutomaticReason> automatic_reason(const Message& message, const ReturnPath& envelope_sender) {
  return strongest_reason(message, envelope_sender, LeftOut::nothing);
}

std::optional<AutomaticReason> automatic_reason_but_submitted(const Message& message,
                                                              const ReturnPath& envelope_sender) {
  return strongest_reason(message, envelope_sender, LeftOut::submitted);
}

std::optional<AutomaticReason> automatic_reason_but_precedence(const Message& message,
                                                               const ReturnPath& envelope_sender) {
  return strongest_reason(message, envelope_sender, LeftOut::precedence);
}

bool is_bounce_like(const Message& message, const ReturnPath& envelope_sender) {
  if (envelope_sender.is_null() || is_report(message)) return true;
  if (envelope_sender.address() && is_mail_system(*envelope_sender.address())) return true;
  const std::optional<Mailbox> author = message.author();
  return author && is_mail_system(author->address);
}

}  // namespace majlis::mail
