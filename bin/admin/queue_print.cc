#include "bin/admin/queue_print.h"

#include "base/error_words.h"
#include "bin/admin/call/print.h"

namespace majlis::bin::admin {
namespace {

std::int64_t number(std::uint64_t value) { return static_cast<std::int64_t>(value); }

// As a log or a terminal has it; "" for those that wait for the next run.
std::string time_of(UnixTime due) { return due == 0 ? "" : iso8601(due); }

// Below the spool. Names of jobs are hex digits, nothing a terminal would obey.
std::string file_of(const lists::QueuedJob& job) { return std::string(word_for(job.folder)) + "/" + job.file; }

std::string next_try_of(const lists::QueuedJob& job) {
  if (job.folder == lists::QueuedJob::Folder::on_hold) return "on hold";
  return "next try " + (job.due == 0 ? std::string("now") : iso8601(job.due));
}

JsonLine job_object(const lists::QueuedJob& job, const lists::JobState& state, UnixTime now) {
  JsonLine line;
  line.text("id", state.id)
      .text("state", word_for(job.folder))
      .text("list", state.list)
      .text("message_id", state.message_id)
      .text("created", iso8601(state.created))
      .number("age_s", now - state.created)
      .number("recipients", number(state.left))
      .flag("roster", state.has_more_members)
      .number("size_octets", number(state.message_octets))
      .text("next_try", time_of(job.due))
      .text("last_answer", state.last_answer)
      .number("delivered", number(state.delivered))
      .number("failed", number(state.failed));
  return line;
}

std::string line_of(const lists::QueuedRecipient& recipient, UnixTime now) {
  std::string line = "  " + visible(recipient.address);
  if (recipient.attempts > 0) {
    line += "  next try " + (recipient.next_try <= now ? "now" : iso8601(recipient.next_try)) + "  after " +
            std::to_string(recipient.attempts) + "  (" + visible(recipient.last_answer) + ")";
  }
  return line + "\n";
}

}  // namespace

std::string line_of(const lists::QueuedJob& job, const lists::JobState& state, UnixTime now) {
  return state.id + "  " + (state.list.empty() ? "-" : visible(state.list)) + "  age " +
         std::to_string(now - state.created) + " s  to " + lists::left_in_words(state) + "  " +
         std::to_string(state.message_octets) + " octets  " + next_try_of(job) +
         (state.last_answer.empty() ? "" : "  (" + visible(state.last_answer) + ")") + "\n";
}

std::string json_of(const lists::QueuedJob& job, const lists::JobState& state, UnixTime now) {
  return job_object(job, state, now).line();
}

std::string line_of_bad(const lists::QueuedJob& job, const std::string& why) {
  return visible(job.file) + "  " + (why.empty() ? "no reason is known" : visible(without_rooms(why))) + "\n";
}

std::string json_of_bad(const lists::QueuedJob& job, const std::string& why) {
  return JsonLine()
      .text("id", job.id)
      .text("state", "bad")
      .text("file", job.file)
      .text("why", without_rooms(why))
      .line();
}

std::string line_of_damaged(const lists::QueuedJob& job, const std::string& why) {
  return job.id + "  damaged  " + file_of(job) + "  " + visible(without_rooms(why)) + "\n";
}

std::string json_of_damaged(const lists::QueuedJob& job, const std::string& why) {
  return JsonLine()
      .text("id", job.id)
      .text("state", "damaged")
      .text("file", file_of(job))
      .text("why", without_rooms(why))
      .text("next_try", time_of(job.due))
      .line();
}

std::string details(const lists::QueuedJob& job, const lists::JobState& state, const std::string& why, UnixTime now) {
  std::string text;
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) text += std::string(name) + visible(value) + "\n";
  };
  add("id:          ", state.id);
  add("state:       ", std::string(word_for(job.folder)));
  add("why:         ", why);
  add("list:        ", state.list);
  add("message-id:  ", state.message_id);
  add("sender:      ", state.sender.empty() ? "<>" : state.sender);
  add("created:     ", iso8601(state.created));
  add("expires:     ", iso8601(state.expires));
  add("next try:    ", job.due == 0 ? "with the next run" : iso8601(job.due));
  add("octets:      ", std::to_string(state.message_octets));
  add("delivered:   ", std::to_string(state.delivered));
  add("failed:      ", std::to_string(state.failed));
  add("left:        ", lists::left_in_words(state));
  add("last answer: ", state.last_answer);
  for (const lists::QueuedRecipient& recipient : state.recipients) text += line_of(recipient, now);
  if (state.left > state.recipients.size()) {
    text += "  and " + std::to_string(state.left - state.recipients.size()) + " more\n";
  }
  return text;
}

std::string json_details(const lists::QueuedJob& job, const lists::JobState& state, const std::string& why,
                         UnixTime now) {
  JsonLine object = job_object(job, state, now);
  object.text("sender", state.sender).text("expires", iso8601(state.expires));
  object.number("attempts", state.attempts).text("why", without_rooms(why));
  std::string lines = object.line();
  for (const lists::QueuedRecipient& recipient : state.recipients) {
    lines += JsonLine()
                 .text("recipient", recipient.address)
                 .text("last_answer", recipient.last_answer)
                 .number("attempts", recipient.attempts)
                 .text("next_try", time_of(recipient.next_try))
                 .line();
  }
  return lines;
}

}  // namespace majlis::bin::admin
