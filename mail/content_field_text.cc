#include "mail/content_field_text.h"

namespace majlis::mail {

std::string content_field_text(const ContentField& field, std::string_view line_end) {
  std::string text = " " + field.value;
  for (const Parameter& parameter : field.parameters) {
    text.append(";").append(line_end).append(" ").append(parameter.name);
    if (parameter.section >= 0) text.append("*").append(std::to_string(parameter.section));
    if (parameter.extended) text += '*';
    text.append("=").append(parameter.raw);
  }
  return text;
}

}  // namespace majlis::mail
