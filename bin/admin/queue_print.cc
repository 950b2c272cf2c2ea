#include "bin/admin/queue_print.h"

#include <functional>

#include "bin/admin/print.h"
#include "spool/backoff.h"

namespace majlis::bin::admin {
namespace {

std::int64_t number(std::uint64_t value) { return static_cast<std::int64_t>(value); }

// As a log or a terminal has it; "" for those that wait for the next run.
std::string time_of(UnixTime due) { return due == 0 ? "" : iso8601(due); }

std::string last_answer_of(const spool::DeliveryStatus& answer) {
  return answer.text.empty() ? "" : answer.status + " " + answer.text;
}

std::string recipients_of(const spool::Progress& progress) {
  const std::string known = std::to_string(progress.unsettled());
  if (!progress.may_have_more()) return known;
  return progress.unsettled() == 0 ? "members" : known + "+members";
}

// Below the spool. Names of jobs are hex digits, nothing a terminal would obey.
std::string file_of(const spool::QueueEntry& entry) {
  return std::string(spool::folder_name(entry.folder)) + "/" + entry.name;
}

JsonLine job_object(const spool::QueueEntry& entry, const spool::JobView& view, UnixTime now) {
  JsonLine line;
  line.text("id", view.job.id)
      .text("state", spool::folder_name(entry.folder))
      .text("list", view.job.list)
      .text("message_id", view.job.message_id)
      .text("created", iso8601(view.job.created))
      .number("age_s", now - view.job.created)
      .number("recipients", number(view.progress.unsettled()))
      .flag("roster", view.progress.may_have_more())
      .number("size_octets", number(view.message_octets))
      .text("next_try", time_of(entry.due))
      .text("last_answer", last_answer_of(view.progress.trouble()))
      .number("delivered", number(view.progress.delivered()))
      .number("failed", number(view.progress.failed()));
  return line;
}

// Those who are left, one after the other, at most kMaxShownRecipients.
void for_each_shown(const spool::JobView& view, UnixTime now,
                    const std::function<void(const spool::Recipient&, UnixTime next_try)>& show) {
  std::size_t shown = 0;
  view.progress.visit_unsettled([&](const spool::Recipient& recipient) {
    if (shown++ >= kMaxShownRecipients) return;
    const UnixTime next =
        recipient.last ? spool::next_try(*recipient.last, view.job.id, recipient.address, now) : UnixTime{0};
    show(recipient, next);
  });
}

}  // namespace

std::string line_of(const spool::QueueEntry& entry, const spool::JobView& view, UnixTime now) {
  const std::string last_answer = last_answer_of(view.progress.trouble());
  return view.job.id + "  " + (view.job.list.empty() ? "-" : visible(view.job.list)) + "  age " +
         std::to_string(now - view.job.created) + " s  to " + recipients_of(view.progress) + "  " +
         std::to_string(view.message_octets) + " octets  next try " + (entry.due == 0 ? "now" : iso8601(entry.due)) +
         (last_answer.empty() ? "" : "  (" + visible(last_answer) + ")") + "\n";
}

std::string json_of(const spool::QueueEntry& entry, const spool::JobView& view, UnixTime now) {
  return job_object(entry, view, now).line();
}

std::string line_of_bad(const spool::QueueEntry& entry, const std::string& why) {
  return visible(entry.name) + "  " + (why.empty() ? "no reason is known" : visible(why)) + "\n";
}

std::string json_of_bad(const spool::QueueEntry& entry, const std::string& why) {
  return JsonLine().text("id", entry.job_id).text("state", "bad").text("file", entry.name).text("why", why).line();
}

std::string line_of_damaged(const spool::QueueEntry& entry, const std::string& why) {
  return entry.job_id + "  damaged  " + file_of(entry) + "  " + visible(why) + "\n";
}

std::string json_of_damaged(const spool::QueueEntry& entry, const std::string& why) {
  return JsonLine()
      .text("id", entry.job_id)
      .text("state", "damaged")
      .text("file", file_of(entry))
      .text("why", why)
      .text("next_try", time_of(entry.due))
      .line();
}

std::string details(const spool::QueueEntry& entry, const spool::JobView& view, const std::string& why, UnixTime now) {
  const spool::Job& job = view.job;
  const spool::Progress& progress = view.progress;
  std::string text;
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) text += std::string(name) + visible(value) + "\n";
  };
  add("id:          ", job.id);
  add("state:       ", spool::folder_name(entry.folder));
  add("why:         ", why);
  add("list:        ", job.list);
  add("message-id:  ", job.message_id);
  add("sender:      ", job.sender.empty() ? "<>" : job.sender);
  add("created:     ", iso8601(job.created));
  add("expires:     ", iso8601(job.expires));
  add("next try:    ", entry.due == 0 ? "with the next run" : iso8601(entry.due));
  add("octets:      ", std::to_string(view.message_octets));
  add("delivered:   ", std::to_string(progress.delivered()));
  add("failed:      ", std::to_string(progress.failed()));
  add("left:        ", recipients_of(progress));
  add("last answer: ", last_answer_of(progress.trouble()));
  for_each_shown(view, now, [&](const spool::Recipient& recipient, UnixTime next) {
    text += "  " + visible(recipient.address);
    if (recipient.last) {
      text += "  next try " + (next <= now ? "now" : iso8601(next)) + "  after " +
              std::to_string(recipient.last->attempts) + "  (" + visible(last_answer_of(recipient.last->answer)) + ")";
    }
    text += "\n";
  });
  if (progress.unsettled() > kMaxShownRecipients) {
    text += "  and " + std::to_string(progress.unsettled() - kMaxShownRecipients) + " more\n";
  }
  return text;
}

std::string json_details(const spool::QueueEntry& entry, const spool::JobView& view, const std::string& why,
                         UnixTime now) {
  JsonLine job = job_object(entry, view, now);
  job.text("sender", view.job.sender).text("expires", iso8601(view.job.expires));
  job.number("attempts", view.progress.attempts()).text("why", why);
  std::string lines = job.line();
  for_each_shown(view, now, [&](const spool::Recipient& recipient, UnixTime next) {
    JsonLine line;
    line.text("recipient", recipient.address);
    line.text("last_answer", recipient.last ? last_answer_of(recipient.last->answer) : "");
    line.number("attempts", recipient.last ? recipient.last->attempts : 0);
    lines += line.text("next_try", time_of(next)).line();
  });
  return lines;
}

std::string cancelled_text(const spool::JobView& view) {
  return "cancelled by the administrator; " + std::to_string(view.progress.delivered()) + " had it, " +
         recipients_of(view.progress) + " were left";
}

std::string cancelled_damaged_text(const std::string& why) {
  return "cancelled by the administrator; it was damaged: " + why;
}

}  // namespace majlis::bin::admin
