#include "bin/admin/run.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include "base/log.h"
#include "base/process.h"
#include "base/text.h"
#include "bin/admin/call/call.h"
#include "bin/admin/call/print.h"
#include "bin/admin/call/suggestion.h"
#include "bin/admin/table.h"

namespace majlis::bin::admin {
namespace {

constexpr std::string_view kVersion = "majlis " MAJLIS_VERSION "\n";
constexpr std::string_view kUsage = "usage: majlis [--site DIR] COMMAND ...\n";
constexpr const char* kDoneAllTheSame = "; the change was made all the same";
constexpr const char* kPasswordLost = ", and a password that was to be shown is lost: 'majlis passwd' makes another";
constexpr Option kCommonOptions[] = {{"help", Takes::nothing}, {"site", Takes::value}};
constexpr Option kFrontOptions[] = {{"help", Takes::nothing}, {"site", Takes::value}, {"version", Takes::nothing}};

std::string help() {
  std::string text(kUsage);
  text += "\n";
  for (const Row& row : all_rows()) {
    std::string line = "  " + std::string(row.name);
    line.resize(17, ' ');
    text += line + std::string(row.help) + (row.command == nullptr ? " (not in this version)" : "") + "\n";
  }
  return text + "\n'majlis COMMAND --help' tells how to use one; majlis(8) has the rest.\n";
}

Verdict wrong_use_of_all(std::string_view why) {
  print_error("majlis: " + std::string(why) + "\n" + std::string(kUsage) + "'majlis --help' lists the commands.\n");
  return Verdict::wrong_use;
}

// Options that any form of the command takes; whether this form does is asked later.
std::vector<Option> options_of(const Command& command) {
  std::vector<Option> options(std::begin(kCommonOptions), std::end(kCommonOptions));
  for (const Form& form : command.forms) options.insert(options.end(), form.options.begin(), form.options.end());
  return options;
}

const Form* find_form(const Command& command, std::string_view verb) {
  const auto form =
      std::find_if(command.forms.begin(), command.forms.end(), [&](const Form& f) { return f.verb == verb; });
  return form == command.forms.end() ? nullptr : &*form;
}

std::string no_verb(const Command& command, const std::string& verb) {
  std::vector<std::string> verbs;
  for (const Form& form : command.forms) verbs.emplace_back(form.verb);
  return "'" + printable(verb, 80) + "' is nothing it can do" + suggestion(verb, verbs);
}

// A verb where the list might stand, and none behind it.
bool names_no_list(const Command& command, const std::vector<std::string>& words) {
  if (command.verb_place != VerbPlace::behind_a_list || words.empty()) return false;
  const bool is_second = words.size() > 1 && find_form(command, words[1]) != nullptr;
  return !is_second && find_form(command, words[0]) != nullptr;
}

// An option that belongs to another form of the command.
std::optional<std::string> stray_option(const Form& form, const Arguments& arguments) {
  for (const std::string& name : arguments.option_names()) {
    const auto is_it = [&](const Option& option) { return option.name == name; };
    if (std::none_of(form.options.begin(), form.options.end(), is_it) &&
        std::none_of(std::begin(kCommonOptions), std::end(kCommonOptions), is_it)) {
      return name;
    }
  }
  return std::nullopt;
}

// "something is missing: majlis held LIST approve|discard ID...": the first line of the usage that is about the verb.
std::string with_usage_of(std::string_view why, const Call& call) {
  constexpr std::string_view kProgram = "majlis ";
  std::string_view usage = call.usage;
  while (const auto line = next_line(usage)) {
    if (line->empty()) break;
    const bool is_about_it = call.verb.empty() || line->find(call.verb) != std::string_view::npos;
    if (is_about_it) return std::string(why) + ": " + std::string(line->substr(line->find(kProgram)));
  }
  return std::string(why);
}

Verdict finish(const Call& call, const Result<Verdict>& result) {
  if (!result) complain(call, result.error().what);
  if (!is_output_complete()) {
    complain(call, std::string("not all of the output could be written") +
                       (call.has_changed_something ? kDoneAllTheSame : "") +
                       (call.shows_password ? kPasswordLost : ""));
    return Verdict::wanting;
  }
  return result ? *result : Verdict::wanting;
}

Verdict show(const Call& call, std::string_view text) {
  print(text);
  return finish(call, Verdict::done);
}

Verdict run_form(const Command& command, Call& call) {
  if (names_no_list(command, call.arguments.words())) call.arguments.put_in_front("");
  if (command.verb_place != VerbPlace::none) {
    const std::size_t place = command.verb_place == VerbPlace::first_word ? 0 : 1;
    if (call.arguments.words().size() <= place) return wrong_use(call, "what is to be done?");
    call.verb = call.arguments.take_word(place);
  }
  const Form* form = find_form(command, call.verb);
  if (form == nullptr) return wrong_use(call, no_verb(command, call.verb));
  if (const auto stray = stray_option(*form, call.arguments)) return wrong_use(call, "--" + *stray + ": not here");
  const std::size_t count = call.arguments.words().size();
  if (count < form->min_words) return wrong_use(call, with_usage_of("something is missing", call));
  if (count > form->max_words) return wrong_use(call, with_usage_of("too many words", call));
  return finish(call, form->function(call));
}

Verdict run_command(const Row& row, std::span<const std::string> words, const std::string& site, Call& call) {
  call.command = row.name;
  if (row.command == nullptr) return not_in_this_version(row.name);
  call.usage = row.command->usage;
  Result<Arguments> arguments = Arguments::parse(words, options_of(*row.command));
  if (!arguments) return wrong_use(call, arguments.error().what);
  call.arguments = std::move(*arguments);
  if (call.arguments.has("help")) return show(call, call.usage);
  call.site_directory = site_directory(call.arguments.has("site") ? call.arguments.value("site") : site);
  return run_form(*row.command, call);
}

std::string no_command(const std::string& word) {
  std::vector<std::string> names;
  for (const Row& row : all_rows()) names.emplace_back(row.name);
  return "'" + printable(word, 80) + "' is no command" + suggestion(word, names);
}

// help [COMMAND]
Verdict help_with(Call& call, std::span<const std::string> words) {
  if (words.empty()) return show(call, help());
  const Row* row = find_row(words.front());
  if (row == nullptr) return wrong_use_of_all(no_command(words.front()));
  call.command = row->name;
  return row->command == nullptr ? not_in_this_version(row->name) : show(call, row->command->usage);
}

std::string from_environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// The options in front of the command: a value of --site would else be taken for the command.
Verdict run_words(std::span<const std::string> words) {
  Call call;
  call.now = wall_clock_now();
  call.editor = from_environment("VISUAL");
  if (call.editor.empty()) call.editor = from_environment("EDITOR");
  call.terminal = from_environment("TERM");
  call.mail_config = from_environment("MAIL_CONFIG");
  std::size_t at = 0;
  while (at < words.size() && words[at].starts_with('-')) at += words[at] == "--site" ? 2 : 1;
  Result<Arguments> front = Arguments::parse(words.first(std::min(at, words.size())), kFrontOptions);
  if (!front) return wrong_use_of_all(front.error().what);
  call.command = "help";
  if (front->has("help")) return show(call, help());
  if (front->has("version")) return show(call, kVersion);
  if (at >= words.size()) return wrong_use_of_all("which command?");
  if (words[at] == "help") return help_with(call, words.subspan(at + 1));
  const Row* row = find_row(words[at]);
  if (row == nullptr) return wrong_use_of_all(no_command(words[at]));
  return run_command(*row, words.subspan(at + 1), front->value("site"), call);
}

}  // namespace

int run(int argc, char** argv) {
  open_log("majlis");
  const std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
  return static_cast<int>(run_words(words));
}

}  // namespace majlis::bin::admin
