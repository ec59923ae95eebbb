// Shows how many questions of a skills check have an answer. Alternatives are one question.
const progress = document.querySelector("[data-progress]");

if (progress) {
  const questions = [...document.querySelectorAll("[data-question]")];
  const isAnswered = (question) =>
    "through" in question.dataset || [...question.querySelectorAll("input:checked")].some((input) => input.value);
  const show = () => {
    const answered = questions.filter(isAnswered).length;
    progress.textContent = progress.dataset.progress.replace("##", questions.length).replace("#", answered);
  };
  progress.closest("form").addEventListener("change", show);
  if (questions.some(isAnswered)) show();
}
