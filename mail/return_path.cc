#include "mail/return_path.h"

#include "base/text.h"

namespace majlis::mail {
namespace {

constexpr std::string_view kNullSender = "MAILER-DAEMON";

}  // namespace

ReturnPath ReturnPath::unreadable() {
  ReturnPath path;
  path.kind_ = Kind::unreadable;
  return path;
}

ReturnPath ReturnPath::parse(std::string_view text) {
  text = trim(text);
  if (text.size() >= 2 && text.front() == '<' && text.back() == '>') text = trim(text.substr(1, text.size() - 2));
  if (text.empty() || equals_ignoring_case(text.substr(0, text.find('@')), kNullSender)) return {};
  std::optional<Address> address = Address::parse(text);
  return address ? ReturnPath(std::move(address)) : unreadable();
}

}  // namespace majlis::mail
