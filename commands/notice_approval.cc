#include "commands/notice_approval.h"

#include <string>
#include <vector>

#include "base/text.h"
#include "commands/reading/secret_words.h"
#include "commands/subject_token.h"
#include "commands/tongues/echo.h"
#include "lists/posts/reading/approved.h"

namespace majlis::commands {

using tongues::Request;
using tongues::Verb;

std::optional<Request> approval_by_tool(const Tongue& tongue, const mail::Message& message, std::string_view text) {
  while (const auto line = next_line(text)) {
    const std::vector<std::string_view> words = split_words(*line);
    const bool is_accept_line = words.size() == 2 && words[0] == tongues::word_of(*tongue.dialect, Verb::accept);
    if (!is_accept_line || !is_secret(words[1])) continue;
    if (lists::take_approved(message, lists::Resubmission::is_not_one).password.empty()) return std::nullopt;
    Request request;
    request.verb = Verb::accept;
    request.word = words[0];
    request.echo = echo_of_answer(request);
    request.arguments = {std::string(words[1])};
    return request;
  }
  return std::nullopt;
}

std::optional<Request> approval_of_notice(const Tongue& tongue, const mail::Message& message) {
  const std::string token = token_in_subject(message.subject()).token;
  if (!tongue.dialect->asks_by_attachment || token.find('.') == std::string::npos) return std::nullopt;
  Request request;
  request.password = lists::take_approved(message, lists::Resubmission::is_not_one).password;
  if (request.password.empty()) return std::nullopt;
  request.verb = Verb::accept;
  request.word = tongues::word_of(*tongue.dialect, Verb::accept);
  request.needs_password = true;
  request.echo = echo_of_answer(request);
  request.arguments = {token};
  return request;
}

}  // namespace majlis::commands
