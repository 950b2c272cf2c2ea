#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace majlis::commands {

// The Subject of a message, read as a mail program writes that of a reply.
struct ReplySubject {
  // What is left behind one "Re:", or its like in many languages ("AW:", "Re[2]:"), two ...; a gateway's "[EXTERNAL]"
  // does not matter. Empty: it is no reply.
  std::vector<std::string> answered;
  bool has_number = false;  // "[Ticket#12]" stands in front: a program that keeps requests
};

// `subject` as mail::Message::subject() gives it.
ReplySubject read_reply_subject(std::string_view subject);

// Whether it is a reply under `original`, however the mail program folded either.
bool answers(const ReplySubject& reply, std::string_view original);

}  // namespace majlis::commands
