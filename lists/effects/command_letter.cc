#include "lists/effects/command_letter.h"

#include <algorithm>

#include "base/date_text.h"
#include "base/text.h"
#include "lists/effects/kept_command.h"

namespace majlis::lists {
namespace {

constexpr std::string_view kText = "challenge_commands";
constexpr std::size_t kMaxSeveralOctets = kMaxKeptOctets;  // of what is kept of several commands

// Each as far as there is room: the letter has them whole, and each is kept whole under its own token.
std::string details_of(const std::vector<AskedCommand>& commands) {
  std::string details;
  const std::size_t room = commands.empty() ? 0 : kMaxSeveralOctets / commands.size();
  for (const AskedCommand& command : commands) {
    const std::size_t taken = command.token.token.size() + 2;
    const std::string_view shown = utf8_prefix(command.shown, room > taken ? room - taken : 0);
    details.append(command.token.token).append(" ").append(shown).append("\n");
  }
  return details;
}

std::string marked(const tongues::Dialect& dialect, std::string_view token) {
  return fill_in(dialect.subject_token, {{"token", std::string(token)}});
}

// The code alone says what it is for, in every tongue.
std::string line_that_confirms(const tongues::Dialect& dialect, const std::string& token) {
  return dialect.confirms_by_token ? fill_in(dialect.confirm_line, {{"token", token}})
                                   : tongues::word_of(dialect, tongues::Verb::auth) + " " + token;
}

}  // namespace

Result<FreshToken> keep_request(Work& work, const KeptRequest& request, UnixTime expires) {
  const auto address = mail::Address::parse(request.address);
  if (!address) return Error{ErrorKind::refused, "lists: keep request: not an address"};
  const ChallengedAction action{request.verb, request.option, request.details};
  Result<std::string> name = token_name(work.state(), request.list);
  if (!name) return name.error();
  Result<FreshToken> token = unused_token(work, grant_of(*name, action, *address), expires);
  if (!token) return token;
  Status kept = keep_request(work, token->token, request, token->expires);
  const bool replaces = request.verb == kKeptPassword;
  if (kept && replaces) kept = keep_only(work, request.verb + ":" + address->canonical(), token->token, token->expires);
  return kept ? std::move(token) : kept.error();
}

Result<FreshToken> keep_several(Work& work, const std::string& list, const mail::Address& address,
                                const std::vector<AskedCommand>& commands) {
  const KeptRequest several{list, std::string(kKeptSeveral), "", details_of(commands), address.text()};
  UnixTime expires = 0;
  for (const AskedCommand& command : commands) expires = std::max(expires, command.token.expires);
  return keep_request(work, several, expires);
}

void send_command_letter(Work& work, const CommandLetter& letter, const std::vector<AskedCommand>& commands,
                         const FreshToken& token) {
  const AnswerPlace& place = letter.place;
  std::string lines;
  for (const AskedCommand& command : commands) {
    lines += (lines.empty() ? "    " : "\n    ") + command.shown;
    std::string_view more = command.more;
    while (const auto line = next_line(more)) lines.append("\n        ").append(*line);
  }
  TextValues values = {{"address", letter.address.text()},
                       {"requester", letter.requester.text()},
                       {"commands", lines},
                       {"token", token.token},
                       {"server", place.server},
                       {"expires", minute_text(token.expires)},
                       {"subject_token", marked(*place.dialect, token.token)},
                       {"confirm_line", line_that_confirms(*place.dialect, token.token)}};
  values["reply_hint"] =
      render_text(work.site(), letter.language, "part_reply_hint", {{"confirm_address", place.server}}).body;
  send_site_letter(work, {std::string(kText), std::move(values), letter.address, place.server, letter.language});
}

std::string command_letter_subject(const Site& site, std::string_view language, std::string_view token,
                                   const tongues::Dialect& dialect) {
  return render_text(site, language, kText, {{"subject_token", marked(dialect, token)}}).subject;
}

}  // namespace majlis::lists
