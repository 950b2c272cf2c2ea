#include "mail/bounces/bounce_marks.h"

#include <algorithm>
#include <array>
#include <span>

#include "base/text.h"
#include "mail/automatic.h"
#include "mail/bounces/bounce_parts.h"
#include "mail/robot_fields.h"

namespace majlis::mail {
namespace {

struct FormType {
  std::string_view type;
  ReportKind kind;
};
constexpr std::array kFormTypes = {
    FormType{"message/feedback-report", ReportKind::feedback},
    FormType{"message/disposition-notification", ReportKind::receipt},
    FormType{"message/global-disposition-notification", ReportKind::receipt},
};

constexpr std::array<std::string_view, 2> kComplaintFields = {"X-HmXmrOriginalRecipient", "Feedback-Type"};
constexpr std::array<std::string_view, 3> kComplaintSubjects = {"complaint about message from", "email feedback report",
                                                                "abuse report"};
constexpr std::array<std::string_view, 2> kComplaintWords = {"\"notificationtype\":\"complaint\"",
                                                             "this is an email abuse report"};

constexpr std::array<std::string_view, 18> kMailSystemAuthors = {
    "mailer-daemon",        "mailerdaemon",        "postmaster",         "post_master",
    "mail delivery",        "mail.delivery",       "mail administrator", "mdaemon",
    "system administrator", "mail-daemon",         "maildaemon",         "mail_daemon",
    "mail system",          "mail subsystem",      "mailsystem",         "administrateur système",
    "administrateur syst=", "systemadministrator",
};

constexpr std::array<std::string_view, 55> kFailureSubjects = {
    "undeliver",
    "delivery failure",
    "delivery fail",
    "failed delivery",
    "failure delivery",
    "delivery status",
    "failure notice",
    "returned mail",
    "delivery problem",
    "mail delivery",
    "message delivery",
    "non-delivery",
    "nondeliver",
    "delivery report",
    "could not be delivered",
    "not deliverable",
    "delivery has failed",
    "mail failure",
    "failed mail",
    "mail system error",
    "error sending",
    "user unknown",
    "not be delivered",
    "delivery error",
    "mail error",
    "failure noti",
    "delivery notification",
    "permanent delivery",
    "unzustellbar",
    "non remis",
    "non recapitabile",
    "no entregado",
    "not member",
    "mail failed",
    "non distribu",
    "échec de",
    "Échec de",
    "avis de non",
    "retour à l'expéditeur",
    "retour a l'expediteur",
    "message refusé",
    "remise impossible",
    "nicht zugestellt",
    "no se puede entregar",
    "退信",
    "退件",
    "投递失败",
    "投遞失敗",
    "发送失败",
    "發送失敗",
    "无法投递",
    "無法投遞",
    "未送达",
    "配信不能",
    "配信エラー",
};

constexpr std::array<std::string_view, 14> kDelaySubjects = {
    "(delay)",
    "warning: message",
    "delivery delayed",
    "delayed mail",
    "delivery warning",
    "still in queue",
    "delivery: warning",
    "delayed 24 hours",
    "retardé",
    "différé",
    "verzögert",
    "延迟",
    "延遲",
    "遅延",
};

constexpr std::array<std::string_view, 11> kAutoreplySubjects = {
    "auto:",         "auto reply",        "auto-reply", "autoreply", "automatic reply", "automatische antwort",
    "out of office", "out of the office", "autorespon", "vacation",  "absence"};

bool stands_in(std::string_view text, std::span<const std::string_view> phrases) {
  return std::any_of(phrases.begin(), phrases.end(), [&](std::string_view phrase) {
    return find_ignoring_case(text, phrase) != std::string_view::npos;
  });
}

bool any_field_says(const Message& message, std::string_view name, std::span<const std::string_view> words) {
  const std::vector<std::string> bodies = message.fields(name);
  return std::any_of(bodies.begin(), bodies.end(), [&](const std::string& body) { return stands_in(body, words); });
}

// A field of one of these names in the header of any part.
bool has_field_anywhere(const Message& message, std::span<const std::string_view> names) {
  const auto is_named = [&](const Field& field) {
    return std::any_of(names.begin(), names.end(),
                       [&](std::string_view name) { return equals_ignoring_case(field.name, name); });
  };
  return std::any_of(message.scan().parts.begin(), message.scan().parts.end(),
                     [&](const Part& part) { return std::any_of(part.fields.begin(), part.fields.end(), is_named); });
}

bool has_autoreply_field(const Message& message) {
  const std::vector<Field>& fields = message.scan().parts.front().fields;
  return std::any_of(fields.begin(), fields.end(), [](const Field& field) { return is_autoreply_field(field.name); });
}

bool has_null_sender(const Message& message) {
  std::vector<std::string> paths = message.fields("Return-Path");
  if (const std::optional<std::string> trusted = message.return_path()) paths.push_back(*trusted);
  return std::any_of(paths.begin(), paths.end(),
                     [](const std::string& path) { return ReturnPath::parse(path).is_null(); });
}

}  // namespace

std::optional<ReportKind> kind_by_form(const Message& message) {
  for (const Part& part : message.scan().parts) {
    for (const FormType& form : kFormTypes) {
      if (part.type == form.type && is_own_part(message.scan(), part)) return form.kind;
    }
  }
  if (has_field_anywhere(message, kComplaintFields) || stands_in(message.subject(), kComplaintSubjects)) {
    return ReportKind::feedback;
  }
  constexpr std::size_t kBeginning = 2000;
  if (stands_in(message.first_text(kBeginning).value_or(""), kComplaintWords)) return ReportKind::feedback;
  return std::nullopt;
}

bool is_submitted_by_machine(const Message& message) {
  constexpr std::array<std::string_view, 1> kByMachine = {"auto-"};
  return any_field_says(message, "Auto-Submitted", kByMachine);
}

bool has_absence_subject(const Message& message) {
  const std::string subject = message.subject();
  // Outlook's failures begin like its absence notes: "Undeliverable: ".
  if (stands_in(subject, kFailureSubjects)) return false;
  return has_automatic_subject(message) || stands_in(subject, kAutoreplySubjects);
}

bool is_autoreply(const Message& message) {
  constexpr std::array<std::string_view, 2> kReplied = {"auto-replied", "auto-notified"};
  constexpr std::array<std::string_view, 2> kPrecedences = {"auto_reply", "auto-reply"};
  return any_field_says(message, "Auto-Submitted", kReplied) || any_field_says(message, "Precedence", kPrecedences) ||
         any_field_says(message, "X-Precedence", kPrecedences) || has_autoreply_field(message) ||
         has_absence_subject(message);
}

SentBy sent_by(const Message& message, const ReturnPath& envelope_sender) {
  const std::vector<std::string> authors = message.fields("From");
  const bool is_authorless = authors.size() == 1 && authors.front() == "<>";
  const bool has_mark = is_authorless || any_field_says(message, "From", kMailSystemAuthors) ||
                        stands_in(message.subject(), kFailureSubjects) || message.has_field("X-Failed-Recipients");
  if (has_mark) return SentBy::mail_system;
  return envelope_sender.is_null() || has_null_sender(message) ? SentBy::null_sender : SentBy::person;
}

bool has_delay_subject(const Message& message) { return stands_in(message.subject(), kDelaySubjects); }

}  // namespace majlis::mail
