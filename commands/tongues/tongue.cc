#include "commands/tongues/tongue.h"

#include <utility>

#include "base/text.h"
#include "commands/reading/secret_words.h"

namespace majlis::commands {

std::string with_mark(std::string_view mark, std::string_view words) {
  std::string marked;
  for (const std::string_view line : split_at(words, '\n')) marked.append(mark).append(line).append("\n");
  return marked;
}

tongues::Request confirmation_by(const Tongue& tongue, std::string_view token,
                                 std::optional<tongues::PlainReply> reply) {
  tongues::Request request;
  request.verb = tongues::Verb::auth;
  request.word = tongues::word_of(*tongue.dialect, request.verb);
  request.arguments.emplace_back(token);
  request.secrets = tongues::Secrets::token;
  request.echo = request.word + " " + std::string(kMask);
  request.reply = std::move(reply);
  return request;
}

}  // namespace majlis::commands
